import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { pythonLiteral, type PythonValue } from "../../src/generate/airflow/python-literal.ts";

const hasPython = spawnSync("python3", ["--version"]).status === 0;
/** Reads literals, one a line as JSON, and says for each what it is: as JSON, in plain ASCII. */
const READER = `
import ast, json, sys
for line in sys.stdin:
    text = json.loads(line)
    compile(text, "literal", "eval")
    print(json.dumps(ast.literal_eval(text)))
`;

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom(
      '"',
      "'",
      "\\",
      "\n",
      "\r",
      "\t",
      "{",
      "}",
      "$",
      "#",
      "\u2028",
      "\0",
      "x",
      "\ud800",
      "🚀",
    ),
  }),
  fc.constantFrom('"""', "\\", '"]; import os; os.system("true") #', "\\N{DIGIT ONE}", "\\u0041", "{{ ds }}"),
);
const value = fc.letrec<{ value: PythonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      text.filter((key) => key !== "__proto__"),
      tie("value"),
      { maxKeys: 4 },
    ),
  ),
})).value;

test.skipIf(!hasPython)("whatever a user writes is read by Python as what it is", () => {
  const values = fc.sample(value, { numRuns: 2000, seed: 20260101 });
  const input = values.map((one) => JSON.stringify(pythonLiteral(one))).join("\n");
  const { status, stdout, stderr } = spawnSync("python3", ["-c", READER], {
    input,
    encoding: "utf8",
    maxBuffer: 100_000_000,
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  const read = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
  expect(read).toEqual(values);
});

test("a literal is plain ASCII, and a text never has a line of its own", () => {
  fc.assert(
    fc.property(text, (one) => {
      expect(pythonLiteral(one)).toMatch(/^"[ -~]*"$/);
    }),
  );
});
