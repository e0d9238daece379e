import type { TargetKind } from "../spec/platform.ts";
import { CommandError, EXIT } from "./exit-codes.ts";

/** Every kind of target. */
export const TARGETS: readonly TargetKind[] = ["cloud", "emulator", "rehearsal"];

/** The kinds of target that `--target` names, in the order in which they are tried: `emulator,rehearsal`. */
export function parseTargets(text: string): readonly TargetKind[] {
  return text.split(",").map((one) => parseTarget(one.trim()));
}

/** The kind of target that `--target` names. */
export function parseTarget(text: string): TargetKind {
  const kind = TARGETS.find((one) => one === text);
  if (kind) return kind;
  throw new CommandError(
    `there is no target '${text}'`,
    /[./[]/.test(text)
      ? "the targets are cloud, emulator and rehearsal; a stack is named by its address, 'platc plan dev/storage/raw', and is planned whole"
      : "the targets are cloud, emulator and rehearsal",
    EXIT.usage,
  );
}
