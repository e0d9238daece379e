import { invariant } from "../../../src/diagnostics/invariant.ts";
import type { CheckContext } from "../../../src/checks/check-context.ts";
import type { KnownValues } from "../../../src/checks/resolve-settings.ts";
import type { Range } from "../../../src/source/source.ts";
import type { CheckSpec } from "../../../src/stacks/stack.ts";
import type { Value, ValueMap } from "../../../src/templates/value.ts";

export const NOWHERE: Range = { file: { path: "platform.yaml", text: "" }, start: 0, end: 0 };

/** A check whose settings are written as plain JavaScript. */
export function checkOf(kind: string, settings: object, more: Partial<CheckSpec> = {}): CheckSpec {
  return {
    ...{ name: "it", kind, kinds: [kind], after: [], settings: valueOf(settings) as ValueMap },
    ...{ attempts: 1, intervalSeconds: 0, timeoutSeconds: 5, range: NOWHERE },
    ...more,
  };
}

/** Objects become maps; computed values stay. */
export function valueOf(data: unknown): Value {
  if (Array.isArray(data)) return data.map(valueOf);
  if (typeof data !== "object" || data === null || data instanceof Map || "kind" in data)
    return data as Value;
  return new Map(Object.entries(data).map(([key, item]) => [key, valueOf(item)]));
}

export const NOTHING_KNOWN: KnownValues = {
  outputs: () => undefined,
  self: new Map(),
  variables: new Map(),
  path: (path) => `/project/${path}`,
};

export function contextOf(more: Partial<CheckContext> = {}): CheckContext {
  const { PATH } = process.env;
  invariant(PATH, "there is no PATH");
  return { environment: { PATH }, specFolder: import.meta.dirname, target: "cloud", ...more };
}
