import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DIAGNOSTIC_CODES } from "../../../src/diagnostics/codes.ts";
import { diagnosticsReference } from "../../../src/generate/diagnostics-reference.ts";

const ROOT = join(import.meta.dirname, "../../..");
const BEGIN = "<!-- codes:begin -->";
const END = "<!-- codes:end -->";

test("codes stand in order, each with the first that its example tells", () => {
  const told = "error[b]: wrong\n  --> a:1:1\nhint: mend it\n\nerror[b]: wrong too\n  --> a:2:1\n";
  expect(
    diagnosticsReference([
      { code: "b", meaning: "B.", told },
      { code: "a", meaning: "A.", told: undefined },
    ]),
  ).toBe("### a\n\nA.\n\n### b\n\nB.\n\n```text\nerror[b]: wrong\n  --> a:1:1\nhint: mend it\n```");
});

// `npx vitest run tests/unit/generate -u` writes what is not current.
test("src/diagnostics/README.md is current", async () => {
  const file = join(ROOT, "src/diagnostics/README.md");
  const [before, rest] = readFileSync(file, "utf8").split(BEGIN);
  const after = rest?.split(END)[1];
  expect(after).toBeDefined();
  const examples = Object.entries(DIAGNOSTIC_CODES).map(([code, meaning]) => {
    const golden = join(ROOT, "tests/golden/diagnostics", code, "expected.txt");
    return { code, meaning, told: existsSync(golden) ? readFileSync(golden, "utf8") : undefined };
  });
  await expect(`${before}${BEGIN}\n${diagnosticsReference(examples)}\n${END}${after}`).toMatchFileSnapshot(
    file,
  );
});
