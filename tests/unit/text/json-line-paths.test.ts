import { expect, test } from "vitest";
import { writeJson } from "../../../src/emit/write-json.ts";
import { bare } from "../../../src/emit/positions.ts";
import { jsonLinePaths } from "../../../src/text/json-line-paths.ts";

test("a path for each line; a closing bracket stands for what it closes", () => {
  const json = writeJson({
    moved: [{ from: bare("a"), to: bare("b") }, [1, 2]],
    'odd "key"': { empty: {}, "0": null },
  });
  const paths = jsonLinePaths(json).map((path) => path.join(" > "));
  expect(json.split("\n").map((line, at) => `${line.trim()}  ${paths[at]}`.trimEnd())).toEqual([
    "{",
    '"moved": [  moved',
    "{  moved > 0",
    '"from": "a",  moved > 0 > from',
    '"to": "b"  moved > 0 > to',
    "},  moved > 0",
    "[  moved > 1",
    "1,  moved > 1 > 0",
    "2  moved > 1 > 1",
    "]  moved > 1",
    "],  moved",
    '"odd \\"key\\"": {  odd "key"',
    '"0": null,  odd "key" > 0',
    '"empty": {}  odd "key" > empty',
    '}  odd "key"',
    "}",
    "",
  ]);
});
