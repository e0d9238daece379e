import { byCodePoint } from "../text/compare.ts";
import { digestOf } from "../text/digest.ts";
import { isRecord, type ValueRecord } from "./is-record.ts";
import type { Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

type Statement = Readonly<Record<string, unknown>>;

/** `aws_iam_policy_document`, which is computed from its arguments alone, as the provider writes it. */
export function policyDocument(config: ValueRecord): ValueRecord {
  const own = listAt(config, "statement").map((statement) => statementOf(statement));
  const statements = mergeBySid([
    ...listAt(config, "source_policy_documents").flatMap(statementsIn),
    ...own,
    ...listAt(config, "override_policy_documents").flatMap(statementsIn),
  ]);
  const policyId = valueAt(config, "policy_id");
  const document = {
    Version: textOr(valueAt(config, "version"), "2012-10-17"),
    ...(policyId !== null && policyId !== "" && { Id: policyId }),
    ...(statements.length > 0 && { Statement: statements }),
  };
  const json = escapeHtml(JSON.stringify(document, undefined, 2));
  const minified = escapeHtml(JSON.stringify(document));
  return { id: String(parseInt(digestOf(json).slice(0, 8), 16)), json, minified_json: minified };
}

/** A later statement takes the place of an earlier one with the same Sid. */
function mergeBySid(statements: readonly Statement[]): readonly Statement[] {
  const merged: Statement[] = [];
  for (const statement of statements) {
    const at = merged.findIndex((one) => one["Sid"] !== undefined && one["Sid"] === statement["Sid"]);
    if (at < 0) merged.push(statement);
    else merged[at] = statement;
  }
  return merged;
}

function statementsIn(document: Value): readonly Statement[] {
  if (typeof document !== "string" || document.trim() === "") return [];
  const parsed = parseJson(document);
  const statements =
    typeof parsed === "object" && parsed !== null && "Statement" in parsed ? parsed.Statement : [];
  return (Array.isArray(statements) ? statements : [statements]) as readonly Statement[];
}

/** A document that was made up, or is wrong, has no statements. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function statementOf(statement: Value): Statement {
  const sid = valueAt(statement, "sid");
  const entries = {
    Sid: sid === "" ? null : sid,
    Effect: textOr(valueAt(statement, "effect"), "Allow"),
    Action: oneOrMore(textsAt(statement, "actions")),
    NotAction: oneOrMore(textsAt(statement, "not_actions")),
    Resource: oneOrMore(textsAt(statement, "resources").map(withVariables)),
    NotResource: oneOrMore(textsAt(statement, "not_resources").map(withVariables)),
    Principal: principals(listAt(statement, "principals")),
    NotPrincipal: principals(listAt(statement, "not_principals")),
    Condition: conditions(listAt(statement, "condition")),
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null));
}

function principals(blocks: readonly Value[]): unknown {
  if (blocks.length === 0) return null;
  const byType = new Map<string, readonly string[]>();
  for (const block of blocks) {
    const type = textOr(valueAt(block, "type"), "");
    const identifiers = downwards(textsAt(block, "identifiers").map(withVariables));
    byType.set(type, [...(byType.get(type) ?? []), ...identifiers]);
  }
  const [only] = byType;
  if (byType.size === 1 && only![0] === "*" && only![1].join() === "*") return "*";
  return Object.fromEntries(
    sorted(byType).map(([type, identifiers]) => [
      type,
      identifiers.length === 1 ? identifiers[0] : identifiers,
    ]),
  );
}

function conditions(blocks: readonly Value[]): unknown {
  if (blocks.length === 0) return null;
  const byTest = new Map<string, Map<string, readonly string[]>>();
  for (const block of blocks) {
    const test = textOr(valueAt(block, "test"), "");
    const variable = textOr(valueAt(block, "variable"), "");
    const values = listAt(block, "values").map((value) => withVariables(String(value)));
    const byVariable = byTest.get(test) ?? new Map<string, readonly string[]>();
    byTest.set(test, byVariable.set(variable, [...(byVariable.get(variable) ?? []), ...values]));
  }
  const entries = sorted(byTest).map(([test, byVariable]) => [
    test,
    Object.fromEntries(
      sorted(byVariable).map(([variable, values]) => [variable, values.length === 1 ? values[0] : values]),
    ),
  ]);
  return Object.fromEntries(entries);
}

/** `&{aws:username}` stands for what Terraform would take for its own interpolation. */
function withVariables(text: string): string {
  return text.replaceAll("&{", "${");
}

/** A single text stands alone; several are sorted downwards, as the provider sorts them. */
function oneOrMore(texts: readonly string[]): string | readonly string[] | null {
  if (texts.length <= 1) return texts[0] ?? null;
  return downwards(texts);
}

function downwards(texts: readonly string[]): readonly string[] {
  return [...texts].sort((left, right) => byCodePoint(right, left));
}

function sorted<Item>(map: ReadonlyMap<string, Item>): readonly (readonly [string, Item])[] {
  return [...map].sort(([left], [right]) => byCodePoint(left, right));
}

function listAt(value: Value, name: string): readonly Value[] {
  const list = isRecord(value) ? value[name] : undefined;
  return Array.isArray(list) ? list : [];
}

function textsAt(value: Value, name: string): readonly string[] {
  return listAt(value, name).filter((text) => typeof text === "string");
}

function textOr(value: Value, otherwise: string): string {
  return typeof value === "string" && value !== "" ? value : otherwise;
}

/** Go writes these as escapes. */
function escapeHtml(json: string): string {
  return json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
}
