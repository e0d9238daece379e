import { suggest } from "../diagnostics/suggest.ts";
import type { SpecNode } from "../spec/node.ts";
import type { Platform } from "./platform-model.ts";
import { chooseOutput } from "./read-output-name.ts";
import { type RegistryPart, registryParts } from "./registry-parts.ts";
import { stackOutputs } from "./stack-outputs.ts";

/** An output of one applied stack, and the path into its value. */
export interface RegistryOutput {
  readonly address: string;
  readonly output: string;
  readonly path: readonly string[];
}

export type ImageRegistry =
  { readonly status: "ok"; readonly parts: readonly (string | RegistryOutput)[] } | Bad;

interface Bad {
  readonly status: "bad";
  readonly code: "bad-image" | "unknown-output";
  readonly message: string;
  readonly hint: string;
}

/** The registry that an image is pushed to; its outputs are of stacks in one shared environment, as there is one image for all. */
export function imageRegistry(platform: Platform, registry: SpecNode | undefined): ImageRegistry {
  const read = registryParts(platform.spec, registry);
  if (read.status === "bad") return bad(read.message, read.hint);
  const parts: (string | RegistryOutput)[] = [];
  for (const part of read.parts) {
    const found = typeof part === "string" ? part : outputOf(platform, part);
    if (typeof found !== "string" && "status" in found) return found;
    parts.push(found);
  }
  return { status: "ok", parts };
}

function outputOf(
  { stacks, contracts, spec }: Platform,
  { stack: name, path }: Exclude<RegistryPart, string>,
): RegistryOutput | Bad {
  const instances = stacks.filter((one) => one.name === name);
  const [stack] = instances;
  if (!stack) {
    const near = suggest(name, [...spec.stacks.keys()]);
    return bad(
      `there is no stack '${name}' that makes a registry`,
      near === undefined ? "name a stack in a shared environment" : `did you mean '${near}'?`,
    );
  }
  if (instances.length > 1 || !stack.environment.isShared)
    return bad(
      `stack '${name}' makes no one registry for all environments: it is ${instances.map(({ address }) => `'${address}'`).join(", ")}`,
      "what runs in one environment is to be the very image of the one before: name a stack that is in one shared environment alone",
    );
  const chosen = chooseOutput(stack, path);
  // What is wrong with the module is told elsewhere.
  const isReadable = stack.modules.every((call) => contracts.has(call.source));
  const outputs = [...stackOutputs(stack, contracts).keys()];
  if (chosen && (!isReadable || outputs.includes(chosen.output)))
    return { address: stack.address, ...chosen };
  return {
    ...bad(
      `stack '${name}' has no output '${chosen?.output ?? path.join(".")}'`,
      `its outputs are ${outputs.map((one) => `'${one}'`).join(", ")}`,
    ),
    code: "unknown-output",
  };
}

function bad(message: string, hint: string): Bad {
  return { status: "bad", code: "bad-image", message, hint };
}
