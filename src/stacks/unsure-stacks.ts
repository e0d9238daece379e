import { child, textOf, textsOf } from "../spec/node.ts";
import type { PlatformSpec, StackSpec } from "../spec/platform.ts";

/** Names of stacks whose places hang on a name that the spec does not declare, which is a mistake of its own. */
export function unsureStacks(spec: PlatformSpec): ReadonlySet<string> {
  const hasUnsureCustomers = [...spec.customers.values()].some(
    (customer) =>
      customer.apps.some((app) => !spec.apps.has(app)) ||
      [...customer.environments.keys()].some((environment) => !spec.environments.has(environment)),
  );
  const isUnsure = ({ node }: StackSpec): boolean => {
    const app = textOf(child(node, "app"));
    const isForCustomers = textOf(child(node, "per")) === "customer";
    return (
      textsOf(child(node, "environments")).some((environment) => !spec.environments.has(environment)) ||
      (app !== undefined && !spec.apps.has(app)) ||
      (isForCustomers && hasUnsureCustomers)
    );
  };
  return new Set([...spec.stacks.values()].filter(isUnsure).map((stack) => stack.name));
}
