import { type SelectOptions, selectStacks } from "../stacks/select-stacks.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import { CommandError, EXIT } from "./exit-codes.ts";

/** The stacks that selectors on the command line mean, in the order of the platform; a selector that means nothing ends the command. */
export function chooseStacks(
  platform: Platform,
  selectors: readonly string[],
  options: SelectOptions = {},
): readonly Stack[] {
  const selection = selectStacks(platform, selectors, options);
  if (selection.status === "bad") throw new CommandError(selection.message, selection.hint, EXIT.usage);
  return platform.stacks.filter((stack) => selection.addresses.has(stack.address));
}
