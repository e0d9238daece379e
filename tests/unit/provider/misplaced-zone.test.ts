import { expect, test } from "vitest";
import { UNKNOWN, type Value } from "../../../src/provider/value.ts";
import { attribute, block, contextOf, ID } from "./provider-parts.ts";
import { plan } from "./terraform-steps.ts";

const text = attribute("string", "optional computed");
const zones = attribute(["set", "string"], "optional");
const schema = block({ id: ID, availability_zone: text, availability_zones: zones, region: text });
const contextIn = (region: Value, source = "hashicorp/aws") =>
  contextOf(schema, { source, typeName: "aws_subnet", settings: { region, REGION: "us-east-1" } });
const config = (one: Value, many: Value = null, region: Value = null): Value => ({
  id: null,
  availability_zone: one,
  availability_zones: many,
  region,
});
const said = (region: Value, written: Value, source?: string) =>
  plan(contextIn(region, source), null, written).problems.map(({ summary, path }) => [summary, path]);

test("a zone of another region is refused while planning, at its argument", () => {
  expect(said("eu-west-1", config("eu-central-1a"))).toEqual([
    ["'eu-central-1a' is no availability zone of 'eu-west-1'", ["availability_zone"]],
  ]);
  expect(said("eu-west-1", config(null, ["eu-west-1a", "eu-west-2b"]))).toEqual([
    ["'eu-west-2b' is no availability zone of 'eu-west-1'", ["availability_zones"]],
  ]);
  expect(said("us-gov-west-1", config("us-west-1a"))).toHaveLength(1);
  expect(said("eu-west-1", config("eu-west-10a"))).toHaveLength(1);
});

test("zones of the region, local ones, unknown ones, and ones that nobody wrote are right", () => {
  const fine: readonly Value[] = [
    "us-west-2a",
    "us-west-2-lax-1a",
    "us-west-2-wl1-las-wlz-1",
    UNKNOWN,
    null,
    "zone",
  ];
  for (const zone of fine) expect(said("us-west-2", config(zone))).toEqual([]);
  expect(said("us-west-2", config(null, UNKNOWN))).toEqual([]);
});

test("where no region is said, and of other clouds, nothing is known", () => {
  const unsaid: readonly Value[] = [null, "", UNKNOWN];
  for (const region of unsaid) expect(said(region, config("eu-central-1a"))).toEqual([]);
  expect(said("eu-west-1", config("eu-central-1a"), "acme/cloud")).toEqual([]);
});

test("a resource with a region of its own has zones of that", () => {
  expect(said("eu-west-1", config("eu-central-1a", null, "eu-central-1"))).toEqual([]);
  expect(said("eu-west-1", config("eu-west-1a", null, "eu-central-1"))).toHaveLength(1);
});
