import { expect, test } from "vitest";
import { planChange } from "../../../src/provider/plan-change.ts";
import type { TypeContext } from "../../../src/provider/provider-engine.ts";
import { UNKNOWN } from "../../../src/provider/value.ts";
import { attribute, block, contextOf, ID, NAME } from "./provider-parts.ts";

const SCHEMA = block({
  id: ID,
  name: NAME,
  size: attribute("number", "optional"),
  tags: attribute(["map", "string"], "optional"),
  arn: attribute("string", "computed"),
});
const PRIOR = { id: "rehearsal-1", name: "old", size: 1, tags: null, arn: "arn:aws:sqs:::old" };

const change = (context: TypeContext, changed: object) => {
  const proposed = { ...PRIOR, ...changed };
  const { planned, requiresReplace, problems } = planChange(context, {
    prior: PRIOR,
    proposed,
    config: { ...proposed, id: null, arn: null },
  });
  return { planned, requiresReplace, problems: problems.map(({ severity, detail }) => [severity, detail]) };
};

test("a change in place of a type of which only the schema is known may be a replacement, and texts with the name follow it", () => {
  const { planned, requiresReplace, problems } = change(contextOf(SCHEMA), { name: "new" });
  expect(requiresReplace).toEqual([]);
  expect(planned).toMatchObject({ id: "rehearsal-1", name: "new", arn: UNKNOWN });
  expect(problems).toEqual([["warning", expect.stringContaining('"name" changes. Only the schema')]]);
  expect(change(contextOf(SCHEMA), { tags: { a: "b" } }).problems).toEqual([]);
  expect(change(contextOf(SCHEMA, { overlay: {} }), { name: "new" }).problems).toEqual([]);
});

test("what the provider itself said is known: always a replacement, or only sometimes", () => {
  const context = contextOf(SCHEMA, { replacements: { always: ["name"], sometimes: ["size"] } });
  expect(change(context, { name: "new" })).toMatchObject({ requiresReplace: [["name"]], problems: [] });
  expect(change(context, { size: 2 })).toMatchObject({
    requiresReplace: [],
    problems: [["warning", expect.stringContaining("for some changes")]],
  });
});
