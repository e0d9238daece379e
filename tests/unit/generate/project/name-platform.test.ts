import { expect, test } from "vitest";
import { namePlatform } from "../../../../src/generate/project/name-platform.ts";
import { prefixOf } from "../../../../src/generate/project/project-templates.ts";

const TEMPLATE = { name: "d2b", prefix: "name" } as const;
const TEXT = `# yaml-language-server: $schema=../../schema/platform.schema.json
version: 1
platform:   d2b   # what it is called
description: d2b is d2b

vars:
  prefix: 'd2b'  # unique in all of AWS
  repository: { owner: example, name: d2b }
  note: d2b


environments: { d2b: {} }
`;

test("the name, the prefix, the repository and the schema change, and not a byte else", () => {
  expect(namePlatform(TEXT, TEMPLATE, "shop")).toBe(`# yaml-language-server: $schema=platform.schema.json
version: 1
platform:   shop   # what it is called
description: d2b is d2b

vars:
  prefix: shop  # unique in all of AWS
  repository: { owner: example, name: shop }
  note: d2b


environments: { d2b: {} }
`);
});

test("a name that YAML reads as something else is quoted", () => {
  expect(namePlatform("platform: d2b\nvars: {}\n", TEMPLATE, "true")).toBe('platform: "true"\nvars: {}\n');
});

test("where Azure sets the length, the prefix is eleven letters and digits", () => {
  const short = { name: "analytics", prefix: "eleven letters and digits" } as const;
  expect(prefixOf(short, "my-shop-of-lakes")).toBe("myshopoflak");
  expect(prefixOf(short, "shop")).toBe("shop");
  expect(prefixOf(TEMPLATE, "my-shop-of-lakes")).toBe("my-shop-of-lakes");
});
