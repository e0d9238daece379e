import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Range } from "../source/source.ts";
import { child, textOf } from "../spec/node.ts";
import { expressionsIn } from "../templates/value.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { PlatformRule } from "./rule.ts";

/** What a spec declares is used somewhere. */
export const nothingUnused: PlatformRule = (platform) => [
  ...unusedEnvironments(platform),
  ...unusedCustomers(platform),
  ...unusedApps(platform),
  ...unusedVariables(platform),
  ...stacksNowhere(platform),
  ...unusedQuality(platform),
];

function unusedEnvironments({ spec, stacks }: Platform): Diagnostic[] {
  const used = new Set(stacks.map((stack) => stack.environment.name));
  return [...spec.environments.values()]
    .filter(({ name }) => !used.has(name))
    .map(({ name, isShared, range }) => {
      const hint = isShared
        ? `a shared environment has the stacks that name it: add 'environments: [${name}]' to one`
        : "add stacks to it, or take it out";
      return warning(`environment '${name}' has no stacks`, hint, range);
    });
}

function unusedCustomers({ spec, stacks }: Platform): Diagnostic[] {
  const used = new Set(stacks.map((stack) => stack.customer));
  return [...spec.customers.values()]
    .filter(({ name }) => !used.has(name))
    .map(({ name, range }) =>
      warning(
        `customer '${name}' has no stacks`,
        "a customer has stacks with 'per: customer', in its environments and of its apps",
        range,
      ),
    );
}

function unusedApps({ spec }: Platform): Diagnostic[] {
  const used = new Set([...spec.stacks.values()].map(({ node }) => textOf(child(node, "app"))));
  return [...spec.apps.values()]
    .filter(({ name }) => !used.has(name))
    .map(({ name, range }) =>
      warning(
        `no stack belongs to app '${name}'`,
        `write 'app: ${name}' at the stacks that deploy it`,
        range,
      ),
    );
}

function unusedVariables({ spec, stacks }: Platform): Diagnostic[] {
  const inChecks = stacks.flatMap((stack) =>
    [...stack.checks, ...stack.steps].flatMap((one) => [...expressionsIn(one.settings)]),
  );
  const used = new Set([
    ...stacks.flatMap((stack) => stack.variables),
    ...inChecks.flatMap((one) => (one.kind === "variable" ? [one.name] : [])),
  ]);
  return [...spec.variables.values()]
    .filter(({ name }) => !used.has(name))
    .map(({ name, range }) =>
      warning(`nothing reads variable '${name}'`, `read it as '{{var.${name}}}', or take it out`, range),
    );
}

function stacksNowhere({ spec, stacks }: Platform): Diagnostic[] {
  const used = new Set(stacks.map((stack) => stack.name));
  return [...spec.stacks.values()]
    .filter(({ name }) => !used.has(name))
    .map(({ name, node, range }) => {
      const app = textOf(child(node, "app"));
      const isPerCustomer = textOf(child(node, "per")) === "customer";
      const who =
        app === undefined
          ? "no customer is in its environments"
          : `no customer in its environments has app '${app}'`;
      const hint = isPerCustomer
        ? who
        : "its 'environments' or 'for_each' are empty, or every environment is shared";
      return warning(`stack '${name}' is nowhere`, hint, range);
    });
}

function unusedQuality({ spec, stacks }: Platform): Diagnostic[] {
  const used = new Set(
    stacks.flatMap(({ checks }) =>
      checks.flatMap(({ kind, settings }) => (kind === "quality" ? [settings.get("suite")] : [])),
    ),
  );
  return [...spec.quality.values()]
    .filter(({ name }) => !used.has(name))
    .map(({ name, range }) =>
      warning(
        `no data is held against '${name}'`,
        `name it in a check: 'quality: { suite: ${name}, s3: { bucket: ..., key: ... } }'`,
        range,
      ),
    );
}

function warning(message: string, hint: string, range: Range): Diagnostic {
  return { code: "unused", severity: "warning", message, hint, range };
}
