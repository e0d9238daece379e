import type { TargetKind } from "../spec/platform.ts";
import type { Platform } from "../stacks/platform-model.ts";
import { parseTarget } from "./parse-target.ts";

/** Where a ledger is read: the target asked for, else the one that an environment names for itself, if it is not the cloud. */
export function ledgerTarget({ spec }: Platform, asked?: string): TargetKind {
  if (asked !== undefined) return parseTarget(asked);
  const named = new Set([...spec.environments.values()].map((one) => one.target));
  return (["emulator", "rehearsal"] as const).find((kind) => named.has(kind)) ?? "cloud";
}
