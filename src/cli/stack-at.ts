import type { Platform } from "../stacks/platform-model.ts";
import { nearAddress } from "../stacks/near-address.ts";
import type { Stack } from "../stacks/stack.ts";
import { CommandError, EXIT } from "./exit-codes.ts";

/** The stack of an address that was typed; a wrong one ends the command. */
export function stackAt(platform: Platform, address: string): Stack {
  const stack = platform.stackByAddress.get(address);
  if (stack) return stack;
  const near = nearAddress(platform, address);
  const hint = near ? `did you mean '${near}'?` : "'platc list' shows the addresses";
  throw new CommandError(`there is no stack '${address}'`, hint, EXIT.usage);
}
