import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { typedObjects } from "./event-types.ts";

const SOURCE = join(import.meta.dirname, "../../../src");
const PAGE = readFileSync(join(SOURCE, "reports/README.md"), "utf8");

/** The tables of the page by the name in their heading: what is said of each field. */
const told = new Map(
  PAGE.split(/^### /m)
    .slice(1)
    .map((section) => {
      const rows = [...section.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)];
      const name = /`([\w-]+)`/.exec(section.split("\n")[0] ?? "")?.[1] ?? "";
      return [name, new Map(rows.map(([, field = "", meaning = ""]) => [field, meaning]))] as const;
    }),
);

const objects = typedObjects(join(SOURCE, "run/run-event.ts"), "RunEvent");
/** An event goes by its kind. */
const byName = new Map(
  [...objects].map(([type, fields]) => {
    const [first] = fields;
    const [kind = type, ...others] = first?.name === "kind" ? [...first.words] : [];
    return [others.length === 0 ? kind : type, fields] as const;
  }),
);

test("the page has every event and every object in one, and no other", () => {
  expect([...told.keys()].sort()).toEqual([...byName.keys()].sort());
  expect(byName.size).toBeGreaterThan(30);
});

test.each([...byName])("%s has its fields, each with every word that may stand there", (name, fields) => {
  const table = told.get(name) ?? new Map<string, string>();
  const isEvent = /^[a-z]/.test(name);
  const own = fields.filter((field) => !(isEvent && field.name === "kind"));
  expect([...table.keys()].sort()).toEqual(own.map((field) => field.name).sort());
  const missing = own.flatMap((field) =>
    [...field.words]
      .filter((word) => !table.get(field.name)?.includes(`\`${word}\``))
      .map((word) => `${field.name}: ${word}`),
  );
  expect(missing).toEqual([]);
});
