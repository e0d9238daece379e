import type { StepSpec } from "../stacks/stack.ts";
import { toComparable } from "../templates/comparable-value.ts";
import { digestOf } from "./digest.ts";

/** The name of a step's part in the digest of its stack. */
export function stepPart(name: string): string {
  return `step ${name}`;
}

/** Everything about a step that is known when it is compiled, the content of the files that it names included. */
export function stepDigest({ kind, settings }: StepSpec, files: string): string {
  return digestOf(JSON.stringify([kind, toComparable(settings), files]));
}
