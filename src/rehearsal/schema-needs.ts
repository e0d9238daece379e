import { surroundingsOf } from "../emit/emit-platform.ts";
import { emitStack } from "../emit/emit-stack.ts";
import { fullSource } from "../emit/lock-entries.ts";
import { platformProviders } from "../emit/platform-providers.ts";
import { NO_OVERLAY } from "../emit/stack-surroundings.ts";
import type { ModuleContract } from "../modules/contract.ts";
import { typesInUse } from "../provider/types-in-use.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import type { SchemaNeed } from "./schema-origin.ts";

/**
 * What the given stacks of a platform need of each provider: types in use and constraints on its version. `beyond`
 * gives the contracts of modules that a stack calls and compile has not read.
 */
export function schemaNeeds(
  platform: Platform,
  stacks: readonly Stack[],
  beyond: (address: string) => readonly ModuleContract[] = () => [],
): readonly SchemaNeed[] {
  const around = surroundingsOf(platform);
  const constraints = new Map(
    platformProviders(platform).map((provider) => [provider.source, provider.constraints]),
  );
  const roots = stacks.map((stack) => ({
    root: emitStack(stack, NO_OVERLAY, around),
    contracts: [
      ...stack.modules.flatMap(({ source }) => platform.contracts.get(source) ?? []),
      ...beyond(stack.address),
    ],
  }));
  return typesInUse(roots).map((used) => ({
    ...used,
    constraints: constraints.get(fullSource(used.source)) ?? [],
  }));
}
