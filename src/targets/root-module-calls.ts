import { surroundingsOf } from "../emit/emit-platform.ts";
import { emitStack } from "../emit/emit-stack.ts";
import { NO_OVERLAY } from "../emit/stack-surroundings.ts";
import { nestedBlocks } from "../modules/block-values.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";

/** A call of a module in the root that a stack compiles to. */
export interface RootModuleCall {
  readonly name: string;
  readonly source: string;
}

/** What the root module of a stack calls, by its modules and by `extra:`; nothing where it has no `extra:`. */
export function rootModuleCalls(platform: Platform, stack: Stack): readonly RootModuleCall[] {
  if (stack.extra === null) return [];
  const root = emitStack(stack, NO_OVERLAY, surroundingsOf(platform));
  return nestedBlocks(root, "module").flatMap((calls) =>
    Object.keys(calls).flatMap((name) =>
      nestedBlocks(calls, name).flatMap(({ source }) =>
        typeof source === "string" ? [{ name, source }] : [],
      ),
    ),
  );
}
