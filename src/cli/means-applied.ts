import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import { globMatcher } from "../spec/read-spec.ts";

/** What selectors go by of something that is applied. */
export type Applied = Pick<InventoryEntry, "address"> & {
  readonly stack: Pick<InventoryEntry["stack"], "name" | "environment">;
};

/** Whether a selector without `!` means something that has left the spec. */
export function meansApplied(selector: string, { address, stack }: Applied): boolean {
  const word = selector
    .replace(/^\.{3}|\.{3}$/g, "")
    .replace(/^(env|stack):/, "")
    .replace(/\/$/, "");
  if (/[*?]/.test(word)) return globMatcher(word).test(word.includes("/") ? address : stack.name);
  return [address, stack.environment, stack.name].includes(word) || address.startsWith(`${word}/`);
}
