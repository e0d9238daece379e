import { isRecord } from "./is-record.ts";
import { meetsWildcard } from "./meets-wildcard.ts";
import type { ProtectionRule } from "./protection-rule.ts";
import type { ProviderProblem, TypeContext } from "./provider-engine.ts";
import type { Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/** In the words of each refusal that somebody wanted. */
export const PROTECTED = "is protected from deletion";

/** That a resource, as it is, would not be deleted: by the first of its provider's rules that says so. */
export function deletionRefused(
  { typeName, schema, family }: TypeContext,
  prior: Value,
  name: string,
): ProviderProblem | undefined {
  const rule = family?.protections.find(
    (one) =>
      one.of.some((pattern) => meetsWildcard(pattern, typeName)) &&
      schema.block.attributes.has(one.attribute) &&
      refuses(one, prior),
  );
  if (rule === undefined) return undefined;
  const { summary, detail } = wordsOf(rule, prior);
  return { severity: "error", summary: `${typeName} "${name}" ${summary}`, detail, path: [] };
}

function refuses(
  { attribute, while: values = [true], unless, needs }: ProtectionRule,
  prior: Value,
): boolean {
  const value = valueAt(prior, attribute);
  if (!isRecord(prior) || !values.some((one) => one === value)) return false;
  if (unless !== undefined && valueAt(prior, unless) === true) return false;
  return needs === undefined || ["", null].includes(valueAt(prior, needs) as string | null);
}

function wordsOf({ attribute, unless, needs }: ProtectionRule, prior: Value): Words {
  const value = valueAt(prior, attribute);
  const state = value === null ? "is not set" : `is ${JSON.stringify(value)}`;
  const later = "apply that, and only then destroy or replace it: what counts is what was applied last.";
  if (needs !== undefined)
    return {
      summary: `cannot be deleted: '${attribute}' ${state}, and '${needs}' is not set`,
      detail: `The provider refuses to delete it so. Set '${needs}', or give '${attribute}' another value, ${later}`,
    };
  const way = unless === undefined ? "" : `, or '${unless}' to true`;
  return {
    summary: `${PROTECTED}: '${attribute}' ${state}`,
    detail: `The cloud or its provider refuses to delete it so. Turn '${attribute}' off${way}, ${later}`,
  };
}

interface Words {
  readonly summary: string;
  readonly detail: string;
}
