import { suggest } from "../diagnostics/suggest.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import { CommandError, EXIT } from "./exit-codes.ts";

/** The stack of an address that was typed; a wrong one ends the command. */
export function stackAt(platform: Platform, address: string): Stack {
  const stack = platform.stackByAddress.get(address);
  if (stack) return stack;
  const near = suggest(address, platform.stackByAddress.keys());
  const hint = near ? `did you mean '${near}'?` : "'platc list' shows the addresses";
  throw new CommandError(`there is no stack '${address}'`, hint, EXIT.usage);
}
