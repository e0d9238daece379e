import { expect, test } from "vitest";
import { clashesWith } from "../../../src/provider/name-clash.ts";
import { explainRehearsedError } from "../../../src/targets/explain-rehearsed-error.ts";
import type { TerraformError } from "../../../src/terraform/terraform-error.ts";

function errorOf(summary: string, detail: string, address?: string): TerraformError {
  const diagnostic = { severity: "error", summary, detail, ...(address && { address }) } as const;
  return { kind: "diagnostic", message: summary, hint: detail, diagnostic };
}

const CRASH = { operation: "create", nth: 1, action: "crash" } as const;
const GONE = errorOf("Plugin did not respond", "The plugin logs may contain more details.", "a_b.c");

test("a crash that was asked for says so; another one stays in Terraform's words", () => {
  const asked = explainRehearsedError([{ ...CRASH, stack: "dev/a" }], "dev/a", GONE);
  expect(asked).toMatchObject({ kind: "crashed", message: "The provider crashed on purpose" });
  expect(asked.diagnostic).toBe(GONE.diagnostic);
  expect(explainRehearsedError([CRASH], "dev/a", GONE).kind).toBe("crashed");
  expect(explainRehearsedError([{ ...CRASH, stack: "dev/b" }], "dev/a", GONE)).toEqual(GONE);
  expect(explainRehearsedError([{ ...CRASH, action: "fail" }], "dev/a", GONE)).toEqual(GONE);
});

test("a function of a provider is not served, whatever Terraform says of why", () => {
  const detail =
    'There is no function named "provider::aws::user_agent". Ensure that provider name "aws" is declared.';
  const explained = explainRehearsedError([], "dev/a", errorOf("Unknown provider function", detail));
  expect(explained.message).toBe("A rehearsal does not serve the function 'provider::aws::user_agent'");
  const own = errorOf("Call to unknown function", 'There is no function named "nope".');
  expect(explainRehearsedError([], "dev/a", own)).toEqual(own);
  const failed = errorOf("Error in function call", 'Call to "provider::aws::arn_parse" failed.');
  expect(explainRehearsedError([], "dev/a", failed)).toEqual(failed);
});

test.each([
  ["module.a.a_b.c", "to: module.a.a_b.c,"],
  ['module.a.a_b.c["k"]', `to: 'module.a.a_b.c["k"]',`],
  ['a_b.c["$&"]', `to: 'a_b.c["$&"]',`],
])("the hint to import names the address %s", (address, written) => {
  const context = { source: "x/a", typeName: "a_b", overlay: undefined, settings: {}, schema: {} };
  const world = { find: () => ({ id: "one", value: null }), list: () => [], children: () => [] };
  const clash = clashesWith(context as never, null, { id: "one", worldId: "one" } as never, world)!;
  const explained = explainRehearsedError([], "dev/a", errorOf(clash.summary, clash.detail, address));
  expect(explained.hint).toContain(`'refactor: { import: [{ ${written} id: "one" }] }'`);
});
