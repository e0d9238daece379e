import { surroundingsOf } from "../emit/emit-platform.ts";
import { emitStack } from "../emit/emit-stack.ts";
import { identifierOf } from "../emit/identifiers.ts";
import { NO_OVERLAY } from "../emit/stack-surroundings.ts";
import type { TerraformObject } from "../emit/terraform-json.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";

const REMOTE_STATE = "terraform_remote_state";

/** Stacks that read a state which is none of the platform's, sorted as given: a rehearsal has no such state. */
export function readersOfForeignStates(platform: Platform, stacks: readonly Stack[]): readonly string[] {
  const around = surroundingsOf(platform);
  const isReader = (stack: Stack): boolean => {
    const isInModule = stack.modules.some(({ source }) =>
      platform.contracts.get(source)?.resources.some(({ type }) => type === REMOTE_STATE),
    );
    const data = emitStack(stack, NO_OVERLAY, around)["data"] as TerraformObject | undefined;
    const states = data?.[REMOTE_STATE] as TerraformObject | undefined;
    const own = new Set(stack.consumed.map(({ address }) => identifierOf(address)));
    return isInModule || Object.keys(states ?? {}).some((name) => !own.has(name));
  };
  return stacks.filter(isReader).map(({ address }) => address);
}
