import type { Stack } from "../stacks/stack.ts";
import type { BackendConfig } from "../stores/object-store.ts";
import { toPlain } from "../templates/value.ts";

/** The backend of a stack's state as plain settings. */
export function backendOf(stack: Stack): BackendConfig {
  return {
    type: stack.state.backend,
    config: toPlain(stack.state.config) as Readonly<Record<string, unknown>>,
  };
}
