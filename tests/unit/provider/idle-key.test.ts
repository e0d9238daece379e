import { expect, test } from "vitest";
import { idleKey } from "../../../src/provider/idle-key.ts";
import { attribute, block, blocks, ID, NAME } from "./provider-parts.ts";

const schema = block(
  {
    id: ID,
    name: NAME,
    note: attribute("string", "optional"),
    links: attribute(["set", ["object", { url: "string" }]], "computed"),
    any: attribute("dynamic", "computed"),
  },
  { size: blocks("list", block({ width: attribute("number", "optional computed") })) },
);

test("what names something of the type, and can do something, is no mistake", () => {
  const fine: readonly (readonly [string, unknown])[] = [
    ["id", "{REGION}/{name}"],
    ["force_new", ["name", "size", "size.width"]],
    ["defaults", { note: "", "size.width": 1 }],
    ["values", { "links.url": "{size.0.width}", "size.width": 1, "any.thing.at.all": 1, size: [] }],
    ["planned", { links: [{ url: "{name}" }] }],
    ["overwrites", true],
    ["overwrites", "note"],
    ["required_with", { name: ["note"] }],
    ["conflicts", [["name", "note"]]],
    ["filters", { whatever: "it is" }],
  ];
  expect(fine.map(([key, said]) => idleKey(schema, key, said))).toEqual(fine.map(() => undefined));
});

test("what does nothing to the type says so", () => {
  const idle: readonly (readonly [string, unknown, string])[] = [
    ["id", "{nmae}", "there is no 'nmae' in it"],
    ["force_new", ["name", "size.depth"], "there is no 'size.depth' in it"],
    ["values", { "links.uri": "" }, "there is no 'links.uri' in it"],
    ["values", { id: "{other}" }, "there is no 'other' in it"],
    ["exactly_one_of", [["name", "title"]], "there is no 'title' in it"],
    ["required_with", { name: ["title"] }, "there is no 'title' in it"],
    ["overwrites", "force", "there is no 'force' in it"],
    ["planned", { link: "{name}" }, "there is no 'link' in it"],
    [
      "defaults",
      { "links.url": "{name}" },
      "'links.url' is decided by the provider alone, so a default has no effect: 'values' says what it is when applied, 'planned' what is known before",
    ],
    [
      "values",
      { note: "a" },
      "'note' is never decided by the provider: 'defaults' says what it is where nobody writes it",
    ],
    [
      "planned",
      { name: "a" },
      "'name' is never decided by the provider, so nothing of it is known while planning but what is written",
    ],
  ];
  expect(idle.map(([key, said]) => idleKey(schema, key, said))).toEqual(idle.map(([, , message]) => message));
});
