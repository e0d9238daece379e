import { addressOf } from "../stacks/address-of.ts";
import type { Stack } from "../stacks/stack.ts";

/** What an entry of a stack's `moved` says for an address; undefined where the stack can never have had that one. */
export function earlierName(stack: Stack, address: string): string | undefined {
  const [before = "", after = ""] = addressOf(stack, "\u0000").split("\u0000");
  const isNear = address.startsWith(before) && address.endsWith(after);
  const written = address.slice(before.length, address.length - after.length);
  return isNear && written !== "" && addressOf(stack, written) === address ? written : undefined;
}
