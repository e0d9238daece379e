import { expect, test } from "vitest";
import type { Plan, ResourceChange } from "../../../src/plans/plan.ts";
import { renderPlan } from "../../../src/plans/render-plan.ts";
import type { PartialValue } from "../../../src/plans/value.ts";
import { recordedPlan } from "./recordings.ts";

function textOf(plan: Plan): string {
  return renderPlan(plan)
    .map((line) => line.text)
    .join("\n");
}

function valueOf(json: unknown): PartialValue {
  if (typeof json === "number") return { kind: "number", digits: String(json) };
  if (Array.isArray(json)) return { kind: "list", items: json.map(valueOf) };
  if (json === null || typeof json !== "object") return { kind: "scalar", value: json as null | string };
  return { kind: "map", entries: new Map(Object.entries(json).map(([key, entry]) => [key, valueOf(entry)])) };
}

function updateOf(before: unknown, after: unknown): Plan {
  const change: ResourceChange = {
    address: "module.x.a_b.c",
    mode: "managed",
    type: "a_b",
    name: "c",
    provider: "p",
    action: "update",
    before: valueOf(before),
    after: valueOf(after),
    replacePaths: [],
  };
  return { ...recordedPlan("recorded/deposed"), changes: [change], outputChanges: new Map() };
}

test("moves, imports, replacements, destructions and forgotten objects", () => {
  expect(textOf(recordedPlan("recorded/varied"))).toMatchInlineSnapshot(`
    " <= data.terraform_remote_state.x will be read during apply
          # (because it refers to values not yet known)
          + backend = "local"
          + config  = {
              + path = (known after apply)
            }
          + outputs = (known after apply)

    +/- terraform_data.cbd2 must be replaced (the new one is created first)
          ~ id               = "3f38edd1-9849-de50-3915-8cbe723545f4" -> (known after apply)
          ~ triggers_replace = "2" -> "3" # forces replacement

      ~ terraform_data.changed will be updated in-place
          # (moved from terraform_data.renamed_and_changed)
          ~ input  = "x" -> "y"
          ~ output = "x" -> (known after apply)
            # (1 unchanged attribute hidden)

      - terraform_data.deleted will be destroyed
          # (because it is not in the configuration)
          - id     = "fc4fe017-36e7-320a-5b9b-2e1bfd0eaec6"
          - input  = {
              - a      = "x"
              - secret = (sensitive value)
            }
          - output = {
              - a      = "x"
              - secret = "hunter2"
            }

      . terraform_data.forgotten will no longer be managed by Terraform, but will not be destroyed
          # (because it is not in the configuration)

        terraform_data.imp will be imported
          # (imported from "someid")

      ~ terraform_data.imp2 will be updated in-place
          # (imported from "otherid")
          + input  = "n"
          + output = (known after apply)
            # (1 unchanged attribute hidden)

        terraform_data.new has moved from terraform_data.old

      ~ terraform_data.up will be updated in-place
          ~ input  = 1 -> 2
          ~ output = 1 -> (known after apply)
            # (1 unchanged attribute hidden)

    Changes to outputs:
        becomes_sensitive = (sensitive value)
      - gone              = "bye""
  `);
});

test("tones tell a reporter what to colour", () => {
  const tones = renderPlan(recordedPlan("recorded/varied"))
    .filter((line) => /terraform_data\.\w+ (?:will|must|has)/.test(line.text))
    .map((line) => line.tone);
  expect(tones).toEqual(["replace", "change", "destroy", "forget", "import", "change", "move", "change"]);
});

test("known after apply, forced replacements, and what does not change", () => {
  const text = textOf(recordedPlan("pairs/ovl2"));
  expect(text).toContain(
    '      ~ bucket = "rev-a-20261121030712306900000001" -> (known after apply) # forces replacement\n',
  );
  expect(text).toContain(`  ~ aws_security_group.g will be updated in-place
      ~ ingress = [
          ~ {
              ~ description = "z rev-a-20261121030712306900000001" -> (known after apply)
                # (5 unchanged attributes hidden)
            },
            # (1 unchanged element hidden)
        ]
        # (7 unchanged attributes hidden)`);
});

test("sensitive values never show", () => {
  for (const name of ["pairs/up1", "pairs/ovl1", "pairs/down1", "pairs/ovl2", "pairs/down2"]) {
    expect(textOf(recordedPlan(name))).not.toContain("hunter2");
  }
  expect(textOf(recordedPlan("pairs/up1"))).toContain("= (sensitive value)");
});

test("a policy is shown by what differs in it", () => {
  const policy = (action: string): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["s3:Get", action] }] });
  expect(textOf(updateOf({ policy: policy("s3:Put") }, { policy: policy("s3:*") }))).toBe(
    `  ~ module.x.a_b.c will be updated in-place
      ~ policy = jsonencode(
          ~ {
              ~ Statement = [
                  ~ {
                      ~ Action = [
                          ~ "s3:Put" -> "s3:*",
                            # (1 unchanged element hidden)
                        ]
                        # (1 unchanged attribute hidden)
                    },
                ]
                # (1 unchanged attribute hidden)
            }
        )`,
  );
});

test("a policy that was only written otherwise", () => {
  expect(textOf(updateOf({ policy: '{"a":1}' }, { policy: '{ "a": 1.0 }' }))).toBe(
    `  ~ module.x.a_b.c will be updated in-place
      ~ policy = jsonencode(
            # (only white space differs)
        )`,
  );
});

test("a script is shown by the lines that differ", () => {
  expect(
    textOf(updateOf({ script: "#!/bin/sh\nset -e\necho a\n" }, { script: "#!/bin/sh\nset -e\necho b\n" })),
  ).toBe(
    `  ~ module.x.a_b.c will be updated in-place
      ~ script = <<-EOT
          - echo a
          + echo b
            # (3 unchanged lines hidden)
        EOT`,
  );
});

test("attributes added and removed, elements too, null among them", () => {
  expect(
    textOf(updateOf({ gone: "x", list: [1, 2, null] }, { "new one": { k: [] }, list: [2, 3, null, null] })),
  ).toBe(
    `  ~ module.x.a_b.c will be updated in-place
      - gone      = "x"
      ~ list      = [
          - 1,
          + 3,
          + null,
            # (2 unchanged elements hidden)
        ]
      + "new one" = {
          + k = []
        }`,
  );
});

test("long strings are cut, and control characters cannot reach a terminal", () => {
  const text = textOf(updateOf({ a: "x".repeat(5000), b: "s" }, { a: "short", b: "\u001b[2Jgone\u202e" }));
  expect(text).toContain(`~ a = "${"x".repeat(160)}…" (5000 characters) -> "short"`);
  expect(text).toContain(String.raw`~ b = "s" -> "\u001b[2Jgone\u202e"`);
});

test("nor can those of a script", () => {
  expect(textOf(updateOf({ script: "a\n" }, { script: "\u001b[2Ja\n" }))).toContain(String.raw`+ \u001b[2Ja`);
});

test("a hundred thousand elements do not take minutes", () => {
  const items = Array.from({ length: 100_000 }, (_, at) => at);
  const lines = renderPlan(updateOf({ list: items }, { list: items.map((item) => item + 1) }));
  expect(lines.length).toBeLessThan(60);
});

test("nothing to do, nothing to show", () => {
  expect(renderPlan(recordedPlan("recorded/sets-again-nothing"))).toEqual([]);
});

test("a deposed object", () => {
  expect(textOf(recordedPlan("recorded/deposed")))
    .toBe(`  - terraform_data.a (deposed object 0badc0de) will be destroyed
      - id     = "old"
      - input  = "x"
      - output = "x"`);
});
