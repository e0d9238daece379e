import type { Stack } from "../stacks/stack.ts";
import { begunBackend } from "./begun-backend.ts";
import type { DestroyUnit } from "./destroy-unit.ts";
import { filesWithoutBackend } from "./files-without-backend.ts";
import type { RunContext } from "./run-context.ts";
import { stackTerraform } from "./stack-terraform.ts";

/**
 * The stack of a state backend that was begun and is not there, ready to be given up: no state of another stack can lie
 * in it. Undefined where nothing was begun.
 */
export async function begunUnit(
  context: RunContext,
  stack: Stack,
  upstream: readonly string[] = stack.upstream,
): Promise<DestroyUnit | undefined> {
  const begun = begunBackend(context, stack);
  const { state } = await begun.place();
  if (!state) return undefined;
  return {
    address: stack.address,
    upstream,
    state,
    entry: undefined,
    ledger: await context.ledger(stack),
    terraform: stackTerraform(context, stack),
    files: await filesWithoutBackend(context, stack),
    readState: async () => (await begun.place()).state,
    removeCopy: begun.remove,
  };
}
