import { expect, test } from "vitest";
import { plain } from "../../../src/spec/plain.ts";
import type { SpecNode } from "../../../src/spec/node.ts";
import { child } from "../../../src/spec/node.ts";
import { parseYaml } from "../../../src/spec/parse-yaml.ts";
import { told } from "../compile-text.ts";

const parse = (text: string) => parseYaml({ path: "a.yaml", text });
const textAt = ({ range }: SpecNode): string => range.file.text.slice(range.start, range.end);

test("values are those of YAML 1.2, whole numbers exact", () => {
  const { node } = parse("a: yes\nb: 012\nc: 1.50\nd: ~\ne: 12345678901234567890\nf: 0x1f\ng: true\nh:\n");
  expect(
    [...(node.kind === "map" ? node.entries : [])].map(([key, { value }]) => [
      key,
      value.kind === "scalar" ? value.value : value.kind,
    ]),
  ).toEqual([
    ["a", "yes"],
    ["b", 12],
    ["c", 1.5],
    ["d", null],
    ["e", 12345678901234567890n],
    ["f", 31],
    ["g", true],
    ["h", null],
  ]);
});

test("every node knows where it stands", () => {
  const { node } = parse("a: { b: [1, 'two'] }\n");
  const list = child(child(node, "a"), "b")!;
  expect(textAt(list)).toBe("[1, 'two']");
  expect(list.kind === "list" && list.items.map(textAt)).toEqual(["1", "'two'"]);
});

test("an empty value stands at its key", () => {
  const { node } = parse("a:\nb: 1\n");
  expect(textAt(child(node, "a")!)).toBe("a");
});

test("aliases, merge keys and tags", () => {
  const { node, diagnostics } = parse(
    "base: &base { x: 1, y: 2 }\nmore: { <<: *base, y: 3 }\nsame: *base\nraw: !raw '{{x}}'\nnone: !unset\nonly: !replace { a: 1 }\n",
  );
  expect(diagnostics).toEqual([]);
  expect(plain(node)).toEqual({
    base: { x: 1, y: 2 },
    more: { x: 1, y: 3 },
    same: { x: 1, y: 2 },
    raw: "{{x}}",
    only: { a: 1 },
  });
  expect(child(node, "none")?.kind).toBe("unset");
  const only = child(node, "only");
  expect(only?.kind === "map" && only.replaces).toBe(true);
  const raw = child(node, "raw");
  expect(raw?.kind === "scalar" && raw.isRaw).toBe(true);
});

test("text is held as Terraform holds it", () => {
  const { node } = parse('a: "e\\u0301 \\ud800"\n');
  expect(plain(node)).toEqual({ a: "é \ufffd" });
});

test("a few aliases of aliases do not fill the memory", () => {
  const levels = Array.from(
    { length: 12 },
    (_, at) =>
      `l${at}: &l${at} [${Array(10)
        .fill(at === 0 ? "x" : `*l${at - 1}`)
        .join(", ")}]`,
  );
  const { diagnostics } = parse(levels.join("\n"));
  expect(diagnostics.map((one) => one.code)).toEqual(["yaml-alias"]);
});

test("a mistake of syntax is told once, without what follows from it", () => {
  expect(told(parse("a: { b: [1, 2 }\nc: 3\n").diagnostics).length).toBe(1);
});

test("unknown tags are all told", () => {
  expect(told(parse("a: !x 1\nb: !y 2\n").diagnostics)).toEqual([
    ["unknown-tag: the tag '!x' means nothing in a spec", "!x"],
    ["unknown-tag: the tag '!y' means nothing in a spec", "!y"],
  ]);
});

test("Windows line ends and a byte-order mark change nothing", () => {
  expect(plain(parse("\ufeffa: 1\r\nb:\r\n  - x\r\n").node)).toEqual({ a: 1, b: ["x"] });
});
