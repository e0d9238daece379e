import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { canonicalNumber } from "../../src/plans/canonical-number.ts";
import { overlayExpression } from "../../src/plans/overlay-expression.ts";
import { parsePlan } from "../../src/plans/parse-plan.ts";
import type { Plan } from "../../src/plans/plan.ts";
import { plannedOutputs } from "../../src/plans/planned-outputs.ts";
import type { PartialValue } from "../../src/plans/value.ts";
import { partialValues } from "../unit/plans/arbitrary-values.ts";
import { TERRAFORM } from "./terraform-name.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "platc-overlay-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function planOf(root: unknown): Plan {
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(root));
  const { TF_CLI_CONFIG_FILE: _, ...env } = process.env;
  const terraform = (...args: readonly string[]): string =>
    execFileSync(TERRAFORM, args, { cwd: folder, env, encoding: "utf8", maxBuffer: 1 << 28 });
  terraform("init", "-input=false");
  terraform("plan", "-input=false", "-out=plan");
  return parsePlan(terraform("show", "-json", "plan"));
}

/** The value as a plan tells it: one spelling per number, keys in order, no marks within what is marked already. */
function told(value: PartialValue, isInSensitive = false): unknown {
  const isSensitive = isInSensitive || value.sensitive === true;
  const mark = value.sensitive && !isInSensitive ? { sensitive: true } : {};
  switch (value.kind) {
    case "scalar":
      return { value: value.value, ...mark };
    case "unknown":
      return { unknown: true, ...mark };
    case "number":
      return { number: canonicalNumber(value.digits), ...mark };
    case "list":
      return { list: value.items.map((item) => told(item, isSensitive)), ...mark };
    case "map": {
      const entries = [...value.entries].sort(([left], [right]) => (left < right ? -1 : 1));
      return { map: entries.map(([key, entry]) => [key, told(entry, isSensitive)]), ...mark };
    }
  }
}

test("real Terraform builds the very values from their expressions", () => {
  const values = fc.sample(partialValues, 300);
  const inputs = values.map((value, at) => [`v${at}`, { input: `\${${overlayExpression(value)}}` }]);
  const plan = planOf({ resource: { terraform_data: Object.fromEntries(inputs) } });
  const afterByAddress = new Map(plan.changes.map((change) => [change.address, change.after]));
  for (const [at, value] of values.entries()) {
    const after = afterByAddress.get(`terraform_data.v${at}`);
    const input = after?.kind === "map" ? after.entries.get("input") : undefined;
    expect(input && told(input), overlayExpression(value)).toEqual(told(value));
  }
});

test("planned outputs pass through an overlay as they are, and sets can be iterated", () => {
  const recorded = new URL("../unit/plans/recorded/values-changed.json", import.meta.url);
  const outputs = plannedOutputs(parsePlan(readFileSync(recorded, "utf8")));
  const entries = [...outputs].map(([name, value]) => `${name} = ${overlayExpression(value)}`);
  const declared = [...outputs].map(([name, value]) => {
    return [name, { value: `\${local.up.${name}}`, sensitive: value.sensitive === true }] as const;
  });
  const plan = planOf({
    locals: { up: `\${{${entries.join(", ")}}}` },
    output: Object.fromEntries(declared),
    resource: {
      terraform_data: {
        set: { for_each: "${local.up.set}" },
        map: { for_each: "${local.up.umap}", input: "${each.value}" },
        either: { input: "${true ? local.up.map : {}}" },
      },
    },
  });
  const passed = [...plannedOutputs(plan)].map(([name, value]) => [name, told(value)]);
  expect(Object.fromEntries(passed)).toEqual(
    Object.fromEntries([...outputs].map(([name, value]) => [name, told(value)])),
  );
  expect(plan.changes.map(({ address }) => address)).toEqual([
    "terraform_data.either",
    'terraform_data.map["k"]',
    'terraform_data.set["a"]',
    'terraform_data.set["b"]',
  ]);
});
