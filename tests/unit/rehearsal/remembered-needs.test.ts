import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rememberedNeeds, rememberNeeds } from "../../../src/rehearsal/remembered-needs.ts";
import type { SchemaNeed } from "../../../src/rehearsal/schema-origin.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "platc-needs-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function need(source: string, resources: readonly string[], constraint = "~> 5.0"): SchemaNeed {
  return { source, constraints: [constraint], resources, dataSources: [], ephemerals: [] };
}

test("types of a stack that has left the spec are still needed; the constraints are those of now", async () => {
  const first = [
    need("hashicorp/aws", ["aws_a", "aws_b"], "~> 4.0"),
    need("hashicorp/random", ["random_id"]),
  ];
  expect(await rememberedNeeds(folder, first)).toEqual(first);
  await rememberNeeds(folder, first);
  const expected = [
    need("hashicorp/aws", ["aws_a", "aws_b", "aws_c"]),
    need("hashicorp/random", ["random_id"]),
  ];
  expect(await rememberedNeeds(folder, [need("hashicorp/aws", ["aws_c"])])).toEqual(expected);
  await rememberNeeds(folder, [need("hashicorp/aws", ["aws_c"])]);
  expect(await rememberedNeeds(folder, [need("hashicorp/aws", [])])).toEqual(expected);
});

test("what was only asked about is not remembered: it may be nowhere to be found", async () => {
  await rememberNeeds(folder, [need("hashicorp/aws", ["aws_a"])]);
  await rememberedNeeds(folder, [need("hashicorp/aws", ["aws_slip"])]);
  expect(await rememberedNeeds(folder, [])).toEqual([need("hashicorp/aws", ["aws_a"])]);
});
