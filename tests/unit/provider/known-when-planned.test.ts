import { expect, test } from "vitest";
import { UNKNOWN, type Value } from "../../../src/provider/value.ts";
import { attribute, block, contextOf, ID, memoryWorld, NAME } from "./provider-parts.ts";
import { create, plan } from "./terraform-steps.ts";

const schema = block({
  id: ID,
  name: NAME,
  others: attribute(["set", "string"], "optional computed"),
  proofs: attribute(["set", ["object", { of: "string", record: "string" }]], "computed"),
});
const context = contextOf(schema, {
  settings: { region: "north" },
  overlay: {
    id: "{name}",
    planned: { others: ["{name}"], proofs: [{ of: "{name}" }, { of: "{others}" }] },
    values: { "proofs.record": "_proof.{proofs.of#bare}" },
  },
});
const config = (name: Value, others: Value): Value => ({ id: null, name, others, proofs: null });
const proof = (of: string): Value => ({ of, record: UNKNOWN });

test("what follows from the inputs is known while planning, element by element, each once", () => {
  expect(plan(context, null, config("a.b", ["*.a.b", "a.b", "c.d"])).planned).toEqual({
    id: UNKNOWN,
    name: "a.b",
    others: ["*.a.b", "a.b", "c.d"],
    proofs: [proof("a.b"), proof("*.a.b"), proof("c.d")],
  });
});

test("one that follows from another that is planned is known as well", () => {
  expect(plan(context, null, config("a.b", null)).planned).toMatchObject({
    others: ["a.b"],
    proofs: [proof("a.b")],
  });
});

test("what hangs on something unknown is unknown", () => {
  expect(plan(context, null, config(UNKNOWN, ["c.d"])).planned).toMatchObject({ proofs: UNKNOWN });
  expect(plan(context, null, config("a.b", [UNKNOWN])).planned).toMatchObject({ proofs: UNKNOWN });
});

test("the rest is filled in when it is applied, and a second plan changes nothing", () => {
  const world = memoryWorld();
  const { state } = create(context, world, config("a.b", ["*.a.b"]));
  expect(state).toEqual({
    id: "a.b",
    name: "a.b",
    others: ["*.a.b"],
    proofs: [
      { of: "a.b", record: "_proof.a.b" },
      { of: "*.a.b", record: "_proof.a.b" },
    ],
  });
  expect(plan(context, state, config("a.b", ["*.a.b"])).planned).toEqual(state);
});
