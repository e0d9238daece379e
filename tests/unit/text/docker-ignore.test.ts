import { expect, test } from "vitest";
import { dockerIgnore } from "../../../src/text/docker-ignore.ts";

/** Each verdict is that of github.com/moby/patternmatcher 0.6.1, which Docker uses. */
const CASES: readonly (readonly [text: string, ignored: readonly string[], kept: readonly string[]])[] = [
  ["", [], ["a", "a/b"]],
  ["a", ["a", "a/b", "a/b/c"], ["b/a", "ab"]],
  ["/a/", ["a", "a/b"], ["b/a"]],
  ["# a\n\n  b  \r\n", ["b"], ["a", "# a"]],
  [" # a", ["# a"], ["a"]],
  ["\uFEFFa", ["a"], ["b"]],
  ["*.md\n!README.md", ["a.md"], ["README.md", "docs/a.md"]],
  ["**/*.md", ["a.md", "docs/a.md", "docs/de/a.md"], ["a.mdx"]],
  ["*\n!src\nsrc/*.log", ["a", "src/x.log"], ["src", "src/a", "src/b/x.log"]],
  ["!a\na", ["a"], []],
  ["a/*/c", ["a/b/c", "a/b/c/d"], ["a/c", "a/b/b/c"]],
  ["a/**/c", ["a/c", "a/b/b/c"], ["a/b/cc"]],
  ["a/**", ["a/b", "a/b/c"], ["a", "ab"]],
  ["**", ["a", "a/b"], []],
  ["**/a", ["a", "b/a", "a/b"], ["ba"]],
  ["**a", ["a", "ba", "b/ca"], ["ab"]],
  ["a?.[ch]", ["ab.c", "a😀.h"], ["a.c", "a/.c", "ab.o"]],
  ["[^a]", ["b"], ["a"]],
  ["a.b+(c)$", ["a.b+(c)$"], ["axb+(c)$"]],
  ["\\*", ["*"], ["a"]],
  ["./a/../b", ["b"], ["a"]],
  ["../a", [], ["a"]],
];

test.each(CASES)("%j", (text, ignored, kept) => {
  const isIgnored = dockerIgnore(text);
  expect({ ignored: ignored.filter(isIgnored), kept: kept.filter((path) => !isIgnored(path)) }).toEqual({
    ignored,
    kept,
  });
});
