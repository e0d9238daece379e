import type { Platform } from "./platform-model.ts";

/** What a selector can name with a prefix, such as `env:dev`. */
export type SelectorKind = "env" | "stack" | "customer" | "app" | "stage" | "module";

/** Names that the spec knows, whether or not a stack has them. */
export function selectorNames({ spec, stacks }: Platform, kind: SelectorKind): readonly string[] {
  switch (kind) {
    case "env":
      return [...spec.environments.keys()];
    case "stack":
      return [...spec.stacks.keys()];
    case "customer":
      return [...spec.customers.keys()];
    case "app":
      return [...spec.apps.keys()];
    case "stage":
      return spec.stages;
    case "module":
      return [...new Set(stacks.flatMap((stack) => stack.modules.map((call) => call.source)))];
  }
}
