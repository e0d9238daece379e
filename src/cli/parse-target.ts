import type { TargetKind } from "../spec/platform.ts";
import { CommandError, EXIT } from "./exit-codes.ts";

const TARGETS: readonly TargetKind[] = ["cloud", "emulator", "rehearsal"];

/** The kind of target that `--target` names. */
export function parseTarget(text: string): TargetKind {
  const kind = TARGETS.find((one) => one === text);
  if (kind) return kind;
  throw new CommandError(
    `there is no target '${text}'`,
    "the targets are cloud, emulator and rehearsal",
    EXIT.usage,
  );
}
