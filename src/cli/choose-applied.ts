import { selectStacks } from "../stacks/select-stacks.ts";
import type { Platform } from "../stacks/platform-model.ts";
import { CommandError, EXIT } from "./exit-codes.ts";
import { type Applied, meansApplied } from "./means-applied.ts";

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
    const found = gone.filter((entry) => meansApplied(body, entry)).map(({ address }) => address);
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
