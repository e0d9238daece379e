import { expect, test } from "vitest";
import { clashesWith } from "../../../src/provider/name-clash.ts";
import { explainRehearsedError, type RehearsedRun } from "../../../src/targets/explain-rehearsed-error.ts";
import type { TerraformError } from "../../../src/terraform/terraform-error.ts";

function errorOf(summary: string, detail: string, address?: string): TerraformError {
  const diagnostic = { severity: "error", summary, detail, ...(address && { address }) } as const;
  return { kind: "diagnostic", message: summary, hint: detail, diagnostic };
}

function run(
  faults: RehearsedRun["faults"],
  names: readonly string[] = [],
  isOfOneRun = false,
): RehearsedRun {
  const stacks = names.map((address) => {
    const [environment = "", customer] = address.split("/");
    return { address, name: "a", environment: { name: environment }, customer, each: undefined };
  });
  const stackByAddress = new Map(stacks.map((stack) => [stack.address, stack]));
  return { platform: { stacks, stackByAddress }, faults, isOfOneRun } as unknown as RehearsedRun;
}

const CRASH = { operation: "create", nth: 1, action: "crash" } as const;
const GONE = errorOf("Plugin did not respond", "The plugin logs may contain more details.", "a_b.c");

test("a crash that was asked for says so; another one stays in Terraform's words", () => {
  const asked = explainRehearsedError(run([{ ...CRASH, stack: "dev/a" }]), "dev/a", GONE);
  expect(asked).toMatchObject({ kind: "crashed", message: "The provider crashed on purpose" });
  expect(asked.diagnostic).toBe(GONE.diagnostic);
  expect(explainRehearsedError(run([CRASH]), "dev/a", GONE).kind).toBe("crashed");
  expect(explainRehearsedError(run([{ ...CRASH, stack: "dev/b" }]), "dev/a", GONE)).toEqual(GONE);
  expect(explainRehearsedError(run([{ ...CRASH, action: "fail" }]), "dev/a", GONE)).toEqual(GONE);
});

test("a function of a provider is not served, whatever Terraform says of why", () => {
  const detail =
    'There is no function named "provider::aws::user_agent". Ensure that provider name "aws" is declared.';
  const explained = explainRehearsedError(run([]), "dev/a", errorOf("Unknown provider function", detail));
  expect(explained.message).toBe("A rehearsal does not serve the function 'provider::aws::user_agent'");
  const own = errorOf("Call to unknown function", 'There is no function named "nope".');
  expect(explainRehearsedError(run([]), "dev/a", own)).toEqual(own);
  const failed = errorOf("Error in function call", 'Call to "provider::aws::arn_parse" failed.');
  expect(explainRehearsedError(run([]), "dev/a", failed)).toEqual(failed);
});

test("a made-up text that is no JSON is told as one, with the way to say what it is", () => {
  const failed = (detail: string): string =>
    explainRehearsedError(run([]), "dev/a", errorOf("Error in function call", detail)).hint;
  const made = `Call to function "jsondecode" failed: invalid character 'r' looking for beginning of value.`;
  expect(failed(made)).toContain(
    `${made} It was given a text that begins as those do which a rehearsal makes up`,
  );
  expect(failed(made)).toContain(`secret_string: "{\\"username\\": \\"x\\"}"`);
  const other = `Call to function "jsondecode" failed: invalid character '<' looking for beginning of value.`;
  expect(failed(other)).toBe(other);
});

test.each([
  ["module.a.a_b.c", "to: module.a.a_b.c,"],
  ['module.a.a_b.c["k"]', `to: 'module.a.a_b.c["k"]',`],
  ['a_b.c["$&"]', `to: 'a_b.c["$&"]',`],
])("the hint to import names the address %s", (address, written) => {
  const context = { source: "x/a", typeName: "a_b", overlay: undefined, settings: {}, schema: {} };
  const world = { find: () => ({ id: "one", value: null }), list: () => [], children: () => [] };
  const clash = clashesWith(context as never, null, { id: "one", worldId: "one" } as never, world)!;
  const explained = explainRehearsedError(run([]), "dev/a", errorOf(clash.summary, clash.detail, address));
  expect(explained.hint).toContain(`'refactor: { import: [{ ${written} id: "one" }] }'`);
});

test("the hint to import names the place of one stack alone, and a reset only where there is something to reset", () => {
  const context = { source: "x/a", typeName: "a_b", overlay: undefined, settings: {}, schema: {} };
  const world = { find: () => ({ id: "one", value: null }), list: () => [], children: () => [] };
  const clash = clashesWith(context as never, null, { id: "one", worldId: "one" } as never, world)!;
  const error = errorOf(clash.summary, clash.detail, "a_b.c");
  const hintOf = (names: readonly string[], address: string, isOfOneRun = false): string =>
    explainRehearsedError(run([], names, isOfOneRun), address, error).hint;
  expect(hintOf(["dev/acme"], "dev/acme")).toContain(
    `id: "one" }] }' of the stack, or begin anew by 'platc rehearsal reset'.`,
  );
  expect(hintOf(["dev/acme", "prod/acme"], "dev/acme")).toContain(
    `id: "one" }] }' under 'customers.acme.environments.dev.stacks.a', since each of the 2 stacks 'a' has one of its own, or begin`,
  );
  expect(hintOf(["dev", "prod"], "prod")).toContain("}' under 'environments.prod.stacks.a', since");
  expect(hintOf(["dev"], "dev", true)).toMatch(/'moved: \[EARLIER\]'.*of the stack\.$/);
});
