import { surroundingsOf } from "../emit/emit-platform.ts";
import { emitStack } from "../emit/emit-stack.ts";
import { identifierOf } from "../emit/identifiers.ts";
import { NO_OVERLAY } from "../emit/stack-surroundings.ts";
import type { TerraformObject } from "../emit/terraform-json.ts";
import type { ModuleContract } from "../modules/contract.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";

const REMOTE_STATE = "terraform_remote_state";

/**
 * Stacks that read a state which is none of the platform's, sorted as given: a rehearsal has no such state. `beyond`
 * gives the contracts of modules that a stack calls and compile has not read.
 */
export function readersOfForeignStates(
  platform: Platform,
  stacks: readonly Stack[],
  beyond: (address: string) => readonly ModuleContract[],
): readonly string[] {
  const around = surroundingsOf(platform);
  const isReader = (stack: Stack): boolean => {
    const called = stack.modules.flatMap(({ source }) => platform.contracts.get(source) ?? []);
    const isInModule = [...called, ...beyond(stack.address)].some(({ resources }) =>
      resources.some(({ type }) => type === REMOTE_STATE),
    );
    const data = emitStack(stack, NO_OVERLAY, around)["data"] as TerraformObject | undefined;
    const states = data?.[REMOTE_STATE] as TerraformObject | undefined;
    const own = new Set(stack.consumed.map(({ address }) => identifierOf(address)));
    return isInModule || Object.keys(states ?? {}).some((name) => !own.has(name));
  };
  return stacks.filter(isReader).map(({ address }) => address);
}
