import { expect, test } from "vitest";
import { type NamedRoot, rootLikeness } from "../../../src/run/root-likeness.ts";

function root(name: string, inputs: Readonly<Record<string, unknown>>, source = "x"): NamedRoot {
  const call = { source, ...inputs };
  return {
    folder: `out/p/dev/${name}`,
    text: JSON.stringify({ module: { [name]: call } }),
    names: [`dev/${name}`, name],
  };
}

test("a stack keeps what it is given under another name", () => {
  expect(rootLikeness(root("raw", { bucket: "t-dev-raw" }), root("other", { bucket: "t-dev-raw" }))).toBe(1);
});

test("or takes its own name into what it is given", () => {
  expect(rootLikeness(root("raw", { bucket: "t-dev-raw" }), root("other", { bucket: "t-dev-other" }))).toBe(
    1,
  );
});

test("its old name may be that of an input, or of a key of one", () => {
  const given = { bucket: "depot-dev-acme", tags: { bucket: "yes", kind: "bucket" } };
  expect(rootLikeness(root("bucket", given), root("landing", given))).toBe(1);
});

test("other values are counted, other modules are no likeness at all", () => {
  const [one, other] = [root("raw", { bucket: "a", days: 1 }), root("other", { bucket: "b", days: 1 })];
  expect(rootLikeness(one, other)).toBe(0.5);
  expect(rootLikeness(one, root("other", { bucket: "a" }))).toBe(0.5);
  expect(rootLikeness(one, root("other", { bucket: "a", days: 1 }, "y"))).toBeUndefined();
});

test("two calls of one module are told apart", () => {
  const text = (first: string, second: string): string =>
    JSON.stringify({ module: { [first]: { source: "x", at: 1 }, [second]: { source: "x", at: 2 } } });
  const named = (name: string, json: string): NamedRoot => ({ ...root(name, {}), text: json });
  expect(rootLikeness(named("raw", text("a", "b")), named("other", text("b", "a")))).toBe(0);
  expect(rootLikeness(named("raw", text("raw", "b")), named("other", text("b", "other")))).toBe(0);
  expect(rootLikeness(named("raw", text("raw", "b")), named("other", text("other", "b")))).toBe(1);
});
