import { literal, mapNode } from "../spec/made-nodes.ts";
import type { MapNode } from "../spec/node.ts";
import type { EnvironmentSpec } from "../spec/platform.ts";
import type { Platform } from "./platform-model.ts";
import type { Stack } from "./stack.ts";

/** No platform can have this in its name: what belongs to a rehearsal never meets what belongs to a real run. */
const MARK = ".rehearsal";

/** Where everything of a platform's rehearsals lies, from the project root: states, ledger, and what was made. */
export function rehearsalFolder(platform: string): string {
  return `.platc/${platform}${MARK}.world`;
}

/** Whether a folder in `.platc` belongs to a rehearsal: of the world, or of the work. */
export function isRehearsalFolder(name: string): boolean {
  return name.endsWith(MARK) || name.endsWith(`${MARK}.world`);
}

/**
 * The same platform with a name of its own and with local states in the rehearsal's folder, whatever backend it has.
 * Nothing makes a state backend any more: the stack that does is one like the others. Nor does an environment wait
 * for an approval or for the one before it.
 */
export function rehearsedPlatform(platform: Platform): Platform {
  const folder = rehearsalFolder(platform.spec.name);
  const stacks = platform.stacks.map((stack) => withLocalState(stack, folder));
  return {
    ...platform,
    spec: {
      ...platform.spec,
      name: `${platform.spec.name}${MARK}`,
      bootstrap: undefined,
      state: localState(platform.spec.state, folder),
      environments: new Map(
        [...platform.spec.environments].map(([name, environment]) => [name, withoutGate(environment)]),
      ),
    },
    stacks,
    stackByAddress: new Map(stacks.map((stack) => [stack.address, stack])),
  };
}

/** What a rehearsal's platform is called in the spec. */
export function nameInSpec(platform: string): string {
  return platform.endsWith(MARK) ? platform.slice(0, -MARK.length) : platform;
}

function withLocalState(stack: Stack, folder: string): Stack {
  const { range } = stack.state;
  return {
    ...stack,
    environment: withoutGate(stack.environment),
    state: {
      backend: "local",
      config: new Map([["path", `${folder}/states`]]),
      key: `${stack.address}/terraform.tfstate`,
      range,
    },
  };
}

/** What is applied in an environment that has no stacks any more is looked for there as well. */
function localState({ range }: MapNode, folder: string): MapNode {
  const config = mapNode([["path", literal(`${folder}/states`, range)]], range);
  return mapNode(
    [
      ["backend", literal("local", range)],
      ["config", config],
    ],
    range,
  );
}

function withoutGate(environment: EnvironmentSpec): EnvironmentSpec {
  return { ...environment, after: undefined, needsApproval: false };
}
