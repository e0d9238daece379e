import { withoutKeys } from "./without-keys.ts";
import type { ConfiguredCall, ConfiguredModule, Plan, References } from "./plan.ts";

/** A block whose instances Terraform could not count, and what of the root it depends on. */
export interface DeferredCause {
  /** In the configuration, so without instance keys: "module.this.aws_s3_object.o" or "module.this". */
  readonly address: string;
  readonly argument: "for_each" | "count";
  /** References of the root module: "local.up.tags". */
  readonly references: References;
}

/**
 * Which `for_each` and `count` an errored plan may have stumbled over: those of blocks with no planned instance.
 * References are followed from variables of modules up to the root; behind a local of a module, which Terraform
 * does not print, any input may be the cause.
 */
export function deferredCauses(plan: Plan): readonly DeferredCause[] {
  const planned = new Set(plan.changes.map((change) => withoutKeys(change.address)));
  const isPlanned = (address: string): boolean =>
    planned.has(address) || [...planned].some((other) => other.startsWith(`${address}.`));
  const all = causesIn({ module: plan.configuration, prefix: "", toRoot: (references) => references });
  return all.filter((cause) => !isPlanned(cause.address));
}

interface Scope {
  readonly module: ConfiguredModule;
  readonly prefix: string;
  readonly toRoot: (references: References) => References;
}

function causesIn(scope: Scope): readonly DeferredCause[] {
  const resources = scope.module.resources.flatMap((resource) => causesOf(scope, resource.address, resource));
  const calls = [...scope.module.calls].flatMap(([name, call]) => [
    ...causesOf(scope, `module.${name}`, call),
    ...causesIn(scopeOfCall(scope, name, call)),
  ]);
  return [...resources, ...calls];
}

function causesOf(
  scope: Scope,
  address: string,
  block: { readonly forEach: References; readonly count: References },
): readonly DeferredCause[] {
  const cause = (argument: DeferredCause["argument"], references: References): readonly DeferredCause[] =>
    references.length === 0
      ? []
      : [{ address: scope.prefix + address, argument, references: [...new Set(scope.toRoot(references))] }];
  return [...cause("for_each", block.forEach), ...cause("count", block.count)];
}

function scopeOfCall(outer: Scope, name: string, call: ConfiguredCall): Scope {
  const prefix = `${outer.prefix}module.${name}.`;
  const anyInput = [...call.inputs.values()].flat();
  const toOuter = (reference: string): References => {
    if (/^(?:each|count|path|self|terraform)(?:\.|$)/.test(reference)) return [];
    if (reference.startsWith("local.")) return outer.toRoot(anyInput);
    const variable = /^var\.([^.[]+)/.exec(reference)?.[1];
    return variable === undefined ? [prefix + reference] : outer.toRoot(call.inputs.get(variable) ?? []);
  };
  return { module: call.module, prefix, toRoot: (references) => references.flatMap(toOuter) };
}
