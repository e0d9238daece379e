import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import { globMatcher } from "../spec/read-spec.ts";
import { selectStacks } from "../stacks/select-stacks.ts";
import type { Platform } from "../stacks/platform-model.ts";
import { CommandError, EXIT } from "./exit-codes.ts";

type Applied = Pick<InventoryEntry, "address"> & {
  readonly stack: Pick<InventoryEntry["stack"], "name" | "environment">;
};

/**
 * The addresses of what is applied that selectors mean: stacks of the spec as everywhere, and what has left it by its
 * address, a folder or a glob of addresses, its environment or its name. A selector that means neither ends the command.
 */
export function chooseApplied(
  platform: Platform,
  selectors: readonly string[],
  applied: readonly Applied[],
): ReadonlySet<string> {
  const terms = selectors.flatMap((selector) => selector.split(",")).map((term) => term.trim());
  const chosen = new Set<string>();
  const left = new Set<string>();
  const gone = applied.filter(({ address }) => !platform.stackByAddress.has(address));
  for (const term of terms) {
    const body = term.replace(/^!/, "");
    const found = gone.filter((entry) => means(body, entry)).map(({ address }) => address);
    const selected = selectStacks(platform, [body]);
    if (selected.status === "bad" && found.length === 0)
      throw new CommandError(selected.message, selected.hint, EXIT.usage);
    const target = term.startsWith("!") ? left : chosen;
    for (const address of [...found, ...(selected.status === "ok" ? selected.addresses : [])])
      target.add(address);
  }
  const isAll = terms.every((term) => term.startsWith("!"));
  const addresses = applied.map(({ address }) => address);
  return new Set(addresses.filter((one) => (isAll || chosen.has(one)) && !left.has(one)));
}

/** Whether a selector without `!` means something that has left the spec. */
function means(selector: string, { address, stack }: Applied): boolean {
  const word = selector
    .replace(/^\.{3}|\.{3}$/g, "")
    .replace(/^(env|stack):/, "")
    .replace(/\/$/, "");
  if (/[*?]/.test(word)) return globMatcher(word).test(word.includes("/") ? address : stack.name);
  return [address, stack.environment, stack.name].includes(word) || address.startsWith(`${word}/`);
}
