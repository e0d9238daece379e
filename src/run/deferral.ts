import { deferredCauses } from "../plans/deferred-causes.ts";
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

/** Why a plan with unknowns in it could not be made; undefined where the failure has another cause. */
export function planDeferral(
  plan: Plan | undefined,
  errors: readonly TerraformError[],
  overlaidBy: readonly string[],
  pending: readonly string[],
): string | undefined {
  const counts = errors.some((error) =>
    /^Invalid (for_each|count) argument$/.test(error.diagnostic?.summary ?? ""),
  );
  if (counts && overlaidBy.length > 0) {
    const [cause] = plan ? deferredCauses(plan) : [];
    const blamed = cause?.references
      .map((reference) => outputOfReference(reference, overlaidBy))
      .find((one) => one !== undefined);
    const what = cause ? `'${cause.argument}' of '${cause.address}'` : "how many instances there are";
    return `${what} depends on ${blamed ?? overlaidBy.map((address) => `'${address}'`).join(", ")}, which is known only after apply`;
  }
  const data = errors.find((error) => isDataSource(error.diagnostic?.address));
  if (data && pending.length > 0) {
    return `'${data.diagnostic?.address ?? ""}' reads what ${pending.map((address) => `'${address}'`).join(", ")} may have yet to make`;
  }
  return undefined;
}

function isDataSource(address: string | undefined): boolean {
  return address !== undefined && /(^|\.)data\.[^.]+\.[^.]+$/.test(address.replace(/\[[^\]]*\]$/, ""));
}

function outputOfReference(reference: string, addresses: readonly string[]): string | undefined {
  const [root, name, output] = reference.split(".");
  const address = root === "local" ? addresses.find((one) => identifierOf(one) === name) : undefined;
  if (address === undefined) return undefined;
  return output === undefined ? `'${address}'` : `'${address}' output '${output}'`;
}
