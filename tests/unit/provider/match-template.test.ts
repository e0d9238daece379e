import { expect, test } from "vitest";
import { expandTemplate } from "../../../src/provider/expand-template.ts";
import { matchTemplate } from "../../../src/provider/match-template.ts";
import { meetsWildcard } from "../../../src/provider/meets-wildcard.ts";
import { readReplacements } from "../../../src/provider/read-replacements.ts";

test("a template read backwards says what its names stand for, without settings", () => {
  const template = "/subscriptions/{SUB}/groups/{group|none}/nets/{name}";
  expect(matchTemplate(template, "/subscriptions/1/groups/g/nets/n")).toEqual(
    new Map([
      ["group", "g"],
      ["name", "n"],
    ]),
  );
  expect(matchTemplate(template, "/subscriptions/1/groups/g/nets/n/subnets/s")).toBeUndefined();
});

test("of a reference, the part after the last slash may be taken", () => {
  const template = "https://{vault#last}.invalid/{name}";
  const values: Readonly<Record<string, string>> = { vault: "/groups/g/vaults/v", name: "n" };
  expect(expandTemplate(template, (name) => values[name]!)).toBe("https://v.invalid/n");
  expect(matchTemplate(template, "https://v.invalid/n")).toEqual(new Map([["name", "n"]]));
});

test("a star stands for any text, and nothing else does", () => {
  expect(meetsWildcard("default.*", "default.postgres16")).toBe(true);
  expect(meetsWildcard("default.*", "defaults")).toBe(false);
  expect(meetsWildcard("*:*", "arn:aws")).toBe(true);
});

test("replacements are read for the types that are asked for", () => {
  const content = "# facts\naws_queue name ~engine\naws_none\naws_other a\n";
  expect(readReplacements(content, new Set(["aws_queue", "aws_none"]))).toEqual(
    new Map([
      ["aws_queue", { always: ["name"], sometimes: ["engine"] }],
      ["aws_none", { always: [], sometimes: [] }],
    ]),
  );
});
