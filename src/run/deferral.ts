import { type DeferredCause, deferredCauses } from "../plans/deferred-causes.ts";
import type { Plan } from "../plans/plan.ts";
import { isWhollyKnown } from "../plans/value.ts";
import { identifierOf } from "../emit/identifiers.ts";
import type { Stack } from "../stacks/stack.ts";
import { expressionsIn } from "../templates/value.ts";
import type { TerraformError } from "../terraform/terraform-error.ts";
import { outputOf } from "./output-views.ts";
import type { OutputView } from "./stack-plan.ts";

/**
 * Why Terraform must not even be started for a stack: a provider that is configured by something unknown would
 * plan with other credentials, or against another account, than it will be applied with.
 */
export function providerDeferral(stack: Stack, views: ReadonlyMap<string, OutputView>): string | undefined {
  for (const [key, provider] of stack.providers) {
    for (const expression of expressionsIn(provider.config)) {
      if (expression.kind !== "output") continue;
      const { instances, output } = expression;
      const addresses = instances.kind === "one" ? [instances.address] : [...instances.addressByKey.values()];
      const unknown = addresses.find((address) => !isWhollyKnown(outputOf(views.get(address), output)));
      if (unknown !== undefined)
        return `the provider '${key}' is configured by '${unknown}' output '${output}', which is known only after apply`;
    }
  }
  return undefined;
}

/** A plan that Terraform could not make, and what stood in for upstreams in it. */
export interface FailedPlan {
  readonly plan: Plan | undefined;
  readonly errors: readonly TerraformError[];
  readonly overlaidBy: readonly string[];
  /** Upstreams that are not as they will be. */
  readonly pending: readonly string[];
  readonly views: ReadonlyMap<string, OutputView>;
}

/** Why a plan with unknowns in it could not be made; undefined where the failure has another cause. */
export function planDeferral({ plan, errors, overlaidBy, pending, views }: FailedPlan): string | undefined {
  const counting = errors.find((error) =>
    /^Invalid (for_each|count) argument$/.test(error.diagnostic?.summary ?? ""),
  );
  if (counting && overlaidBy.length > 0) {
    const { cause, blamed } = blame(plan, counting.diagnostic?.place?.block, { overlaidBy, views });
    const what = cause ? `'${cause.argument}' of '${cause.address}'` : "how many instances there are";
    const names = blamed.length > 0 ? blamed : overlaidBy.map((address) => `'${address}'`);
    return `${what} depends on ${names.join(", ")}, which ${names.length === 1 ? "is" : "are"} known only after apply`;
  }
  const data = errors.find((error) => isDataSource(error.diagnostic?.address));
  if (data && pending.length > 0) {
    return `'${data.diagnostic?.address ?? ""}' reads what ${pending.map((address) => `'${address}'`).join(", ")} may have yet to make`;
  }
  return undefined;
}

/** The block that could not be counted, and the outputs among what it depends on that are not known yet. */
function blame(
  plan: Plan | undefined,
  block: string | undefined,
  upstreams: Pick<FailedPlan, "overlaidBy" | "views">,
): { readonly cause: DeferredCause | undefined; readonly blamed: readonly string[] } {
  const causes = (plan ? deferredCauses(plan) : []).map((cause) => ({
    cause,
    blamed: [...new Set(cause.references.flatMap((one) => unknownOutput(one, upstreams)))],
  }));
  // A block that has no instances since there is nothing to count has none either.
  return (
    causes.find(({ cause }) => cause.address === block) ??
    causes.find(({ blamed }) => blamed.length > 0) ??
    causes[0] ?? { cause: undefined, blamed: [] }
  );
}

function isDataSource(address: string | undefined): boolean {
  return address !== undefined && /(^|\.)data\.[^.]+\.[^.]+$/.test(address.replace(/\[[^\]]*\]$/, ""));
}

function unknownOutput(
  reference: string,
  { overlaidBy, views }: Pick<FailedPlan, "overlaidBy" | "views">,
): readonly string[] {
  const [root, name, output] = reference.split(/[.[]/);
  const address = root === "local" ? overlaidBy.find((one) => identifierOf(one) === name) : undefined;
  if (address === undefined) return [];
  if (output === undefined) return [`'${address}'`];
  return isWhollyKnown(outputOf(views.get(address), output)) ? [] : [`'${address}' output '${output}'`];
}
