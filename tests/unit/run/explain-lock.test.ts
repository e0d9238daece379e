import { describe, expect, test } from "vitest";
import { writeLock } from "../../../src/emit/lock-entries.ts";
import { explainLock } from "../../../src/run/explain-lock.ts";
import { stateProviders } from "../../../src/run/state-providers.ts";
import type { StateFile } from "../../../src/stores/state-file.ts";
import type { TerraformError } from "../../../src/terraform/terraform-error.ts";

const AWS = "registry.terraform.io/hashicorp/aws";
const AWS_OF_TOFU = "registry.opentofu.org/hashicorp/aws";
const refused: TerraformError = { kind: "provider-lock", message: "does not fit", hint: "lock" };
const lockOf = (...sources: readonly string[]): string =>
  writeLock(new Map(sources.map((source) => [source, `provider "${source}" {\n}\n`])), sources) ?? "";

function stateWith(...providers: readonly string[]): StateFile {
  const rest = { mode: "managed", type: "a", name: "b", instances: 1 } as const;
  return {
    ...{
      lineage: "l",
      serial: 1,
      terraformVersion: "1.12.6",
      outputs: new Map(),
      dataSources: 0,
      failedAssertions: [],
      version: "v",
    },
    resources: providers.map((provider, at) => ({ ...rest, address: `a.b${at}`, provider })),
  };
}

describe("stateProviders", () => {
  test("what OpenTofu wrote asks Terraform for providers of OpenTofu's registry, and OpenTofu for none", () => {
    const state = stateWith(
      `provider["${AWS_OF_TOFU}"].second`,
      `module.a.provider["${AWS_OF_TOFU}"]`,
      `provider["${AWS}"]`,
      'provider["example.com/a/b"]',
      'provider["terraform.io/builtin/terraform"]',
    );
    expect([...stateProviders(state, "terraform")]).toEqual([AWS_OF_TOFU]);
    expect([...stateProviders(state, "opentofu")]).toEqual([]);
    expect([...stateProviders(undefined, "terraform")]).toEqual([]);
  });
});

describe("explainLock", () => {
  test("a state by OpenTofu, and a lock for Terraform alone", () => {
    const needs = new Set([AWS_OF_TOFU]);
    expect(explainLock(refused, { lockText: lockOf(AWS), flavour: "terraform", needs })).toEqual({
      kind: "provider-lock",
      message: `The state was written by OpenTofu and names '${AWS_OF_TOFU}', which the lock file lacks`,
      hint: "Run it with OpenTofu (PLATC_TERRAFORM=tofu), or lock with both: 'PLATC_TERRAFORM=tofu platc lock', then 'platc lock' and 'platc compile'.",
    });
  });

  test("a lock for the other one alone", () => {
    const lockText = lockOf(AWS, "example.com/a/b");
    expect(explainLock(refused, { lockText, flavour: "opentofu", needs: new Set() })).toMatchObject({
      message: `The lock file holds '${AWS}' for Terraform alone, and this is OpenTofu`,
      hint: "Run 'platc lock', then 'platc compile': what is locked for Terraform stays. 'terraform: { command: ... }' in the spec says which of the two runs, and PLATC_TERRAFORM before it.",
    });
  });

  test("a lock that holds both, and any other error, are left as they are", () => {
    const lockText = lockOf(AWS, AWS_OF_TOFU);
    const use = { lockText, flavour: "terraform", needs: new Set([AWS_OF_TOFU]) } as const;
    expect(explainLock(refused, use)).toBe(refused);
    const other: TerraformError = { kind: "stale-plan", message: "m", hint: "h" };
    expect(explainLock(other, { ...use, lockText: lockOf(AWS) })).toBe(other);
  });
});
