import fc from "fast-check";
import { expect, test } from "vitest";
import { withoutJinja } from "../../../src/generate/without-jinja.ts";

test("SQL without signs of Jinja stays as it is", () => {
  const sql = `select '{', '}', "a b", 'it''s' from t where a ~ '^{1,2}$' -- {`;
  expect(withoutJinja(sql)).toBe(sql);
});

test("a literal that would open an expression is put together from two", () => {
  expect(withoutJinja("select '{{ x }} {% y %} {# z'")).toBe(
    "select ('{' || '{ x }} {' || '% y %} {' || '# z')",
  );
});

test("no literal opens an expression afterwards, and each is the same text", () => {
  const signs = fc.array(fc.constantFrom("{", "%", "#", "}", "'", "a", '"'), { maxLength: 8 });
  fc.assert(
    fc.property(signs, (parts) => {
      const text = parts.join("");
      const written = withoutJinja(`'${text.replaceAll("'", "''")}'`);
      expect(written).not.toMatch(/\{[{%#]/);
      const read = [...written.matchAll(/'((?:[^']|'')*)'/g)].map(([, one]) => one!.replaceAll("''", "'"));
      expect(read.join("")).toBe(text);
    }),
  );
});

test("a name that would open one is refused", () => {
  expect(() => withoutJinja('select "a{{b"')).toThrow('dbt would read the name "a{{b" as an expression');
});
