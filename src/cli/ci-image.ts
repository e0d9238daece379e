import { toPlainJson } from "../plans/to-plain-json.ts";
import { backendOf } from "../run/backend-of.ts";
import { imageRegistry, type RegistryOutput } from "../stacks/image-registry.ts";
import { readState } from "../stores/state-file.ts";
import { stateLocation } from "../stores/state-location.ts";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";
import { type OpenedLedgers, openLedgers } from "./open-ledgers.ts";
import { stackAt } from "./stack-at.ts";

export interface CiImageFlags {
  readonly spec?: string;
  readonly target?: string;
}

/** Prints the name of an app's image as stacks read it by `{{app.image}}`: registry, app, and the tag of the files there now. */
export async function ciImageCommand(app: string, flags: CiImageFlags, context: Context): Promise<ExitCode> {
  const opened = await openLedgers(context, flags);
  const { apps } = opened.platform.spec;
  const image = apps.get(app)?.image;
  if (image?.tag === undefined) {
    const named = [...apps.values()].filter((one) => one.image).map(({ name }) => `'${name}'`);
    throw new CommandError(
      apps.has(app) ? `the app '${app}' has no image` : `there is no app '${app}'`,
      named.length === 0
        ? "write 'image: { context: FOLDER }' at it"
        : `apps with an image are ${named.join(", ")}`,
      apps.has(app) ? EXIT.failed : EXIT.usage,
    );
  }
  const registry = imageRegistry(opened.platform, image.registry);
  if (registry.status === "bad") throw new CommandError(registry.message, registry.hint);
  const texts: string[] = [];
  for (const part of registry.parts)
    texts.push(typeof part === "string" ? part : await readOutput(opened, part));
  const where = texts.join("");
  context.stdout.write(`${where === "" ? "" : `${where}/`}${app}:${image.tag}\n`);
  return EXIT.ok;
}

async function readOutput(
  { platform, storeOf }: OpenedLedgers,
  { address, output, path }: RegistryOutput,
): Promise<string> {
  const stack = stackAt(platform, address);
  const { objectKey } = stateLocation(backendOf(stack), stack.state.key);
  const state = objectKey === null ? undefined : await readState(await storeOf(stack), objectKey);
  if (!state)
    throw new CommandError(
      `the registry comes from '${address}', whose state cannot be read`,
      `'platc apply ${address}' comes first`,
    );
  const value = state.outputs.get(output);
  const text = value === undefined ? undefined : within(toPlainJson(value.value), path);
  if (typeof text !== "string")
    throw new CommandError(
      `'${address}' has no text as output '${[output, ...path].join(".")}'`,
      `'platc output ${address}' lists them`,
    );
  return text;
}

function within(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === "object" && at !== null ? (at as Readonly<Record<string, unknown>>)[step] : undefined,
    value,
  );
}
