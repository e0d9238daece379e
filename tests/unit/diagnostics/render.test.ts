import { expect, test } from "vitest";
import { diagnosticToJson } from "../../../src/diagnostics/diagnostic-to-json.ts";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic.ts";
import { renderDiagnostics } from "../../../src/diagnostics/render.ts";
import type { Range } from "../../../src/source/source.ts";
import { ansiPaint } from "../../../src/text/paint.ts";

/** The range between the marks « and » of a text, in the text without them. */
function marked(text: string, path = "platform.yaml"): Range {
  const start = text.indexOf("«");
  return { file: { path, text: text.replace(/[«»]/g, "") }, start, end: text.indexOf("»") - 1 };
}

function rendered(text: string): string {
  return renderDiagnostics([{ code: "unknown-key", severity: "error", message: "m", range: marked(text) }]);
}

const CLASH: Diagnostic = {
  code: "clash",
  severity: "error",
  message: "'raw' and 'Raw' have the same folder",
  hint: "give one of them an 'address'",
  range: marked("a: 1\n\n\n\n\n\n\n\n\nstacks:\n  «Raw»: {}\n"),
  related: [{ message: "the other one", range: marked("x: 1\n«raw»: {}\n", "more.yaml") }],
};

test("the whole of a diagnostic", () => {
  expect(renderDiagnostics([CLASH])).toBe(`\
error[clash]: 'raw' and 'Raw' have the same folder
  --> platform.yaml:11:3
   |
11 |   Raw: {}
   |   ^^^
note: the other one
  --> more.yaml:2:1
  |
2 | raw: {}
  | ---
hint: give one of them an 'address'
`);
});

test("several, without a place", () => {
  expect(
    renderDiagnostics([
      {
        code: "spec-not-found",
        severity: "error",
        message: "no spec\nlooked in 'a'",
        hint: "run\nplatc check",
      },
      { code: "clash", severity: "warning", message: "w" },
    ]),
  ).toBe("error[spec-not-found]: no spec\n  looked in 'a'\nhint: run\n  platc check\n\nwarning[clash]: w\n");
  expect(renderDiagnostics([])).toBe("");
});

test("tabs, wide characters, accents and joined emoji keep the carets under the range", () => {
  expect(rendered("\ta:\t«b\tc» d")).toBe(`\
error[unknown-key]: m
  --> platform.yaml:1:5
  |
1 |     a:    b    c d
  |           ^^^^^^
`);
  expect(rendered("데이터: «플랫폼», x")).toBe(`\
error[unknown-key]: m
  --> platform.yaml:1:6
  |
1 | 데이터: 플랫폼, x
  |         ^^^^^^
`);
  expect(rendered("e\u0301👩‍👩‍👧❤️🇰🇷: «x»")).toBe(`\
error[unknown-key]: m
  --> platform.yaml:1:14
  |
1 | e\u0301👩‍👩‍👧❤️🇰🇷: x
  |          ^
`);
});

test("CRLF, and an empty range at the end of a line and of the file", () => {
  expect(rendered("a: 1\r\nb:«»\r\nc: 1")).toBe(`\
error[unknown-key]: m
  --> platform.yaml:2:3
  |
2 | b:
  |   ^
`);
  expect(rendered("a: 1\n«»")).toBe(`\
error[unknown-key]: m
  --> platform.yaml:2:1
  |
2 |
  | ^
`);
});

test("a range of several lines, without the newlines after it", () => {
  expect(rendered("a: «b: 1\r\n  c: 2\r\n\r\n\r\n»d: 3\r\n")).toBe(`\
error[unknown-key]: m
  --> platform.yaml:1:4
  |
1 | a: b: 1
  |    ^^^^
2 |   c: 2
  |   ^^^^
`);
});

test("of a long range the first two lines and the last", () => {
  const lines = Array.from({ length: 10 }, (_, at) => `  k${at}: x`);
  expect(rendered(`«${lines.join("\n")}»\n`)).toBe(`\
error[unknown-key]: m
  --> platform.yaml:1:1
   |
 1 |   k0: x
   | ^^^^^^^
 2 |   k1: x
   |   ^^^^^
...
10 |   k9: x
   |   ^^^^^
`);
});

test("a very long line is cut around the range", () => {
  const [, , , line, carets] = rendered(`${"a".repeat(500)}«bad»${"z".repeat(500)}`).split("\n");
  expect(line).toBe(`1 | …${"a".repeat(39)}bad${"z".repeat(76)}…`);
  expect(carets).toBe(`  | ${" ".repeat(40)}^^^`);
  const [, , , whole, under] = rendered(`key: «${"b".repeat(500)}» c`).split("\n");
  expect(whole).toBe(`1 | key: ${"b".repeat(114)}…`);
  expect(under).toBe(`  |      ${"^".repeat(115)}`);
  expect(rendered(`${"a".repeat(200)}«bad» end`).split("\n")[3]).toBe(`1 | …${"a".repeat(112)}bad end`);
});

test("what would steer the terminal is shown instead", () => {
  expect(rendered("a: «\u001b[31m\u202e\u0007»")).toBe(`\
error[unknown-key]: m
  --> platform.yaml:1:4
  |
1 | a: ␛[31m�␇
  |    ^^^^^^^
`);
});

test("colours are the caller's choice", () => {
  const text = renderDiagnostics([CLASH], ansiPaint);
  expect(text.split("\n")[0]).toBe(
    "\u001b[1m\u001b[31merror[clash]\u001b[39m\u001b[22m\u001b[1m: 'raw' and 'Raw' have the same folder\u001b[22m",
  );
  expect(text.replace(/\u001b\[\d+m/g, "")).toBe(renderDiagnostics([CLASH]));
});

test("for machines", () => {
  expect(diagnosticToJson(CLASH)).toEqual({
    code: "clash",
    severity: "error",
    message: "'raw' and 'Raw' have the same folder",
    hint: "give one of them an 'address'",
    place: { file: "platform.yaml", start: { line: 11, column: 3 }, end: { line: 11, column: 6 } },
    related: [
      {
        message: "the other one",
        place: { file: "more.yaml", start: { line: 2, column: 1 }, end: { line: 2, column: 4 } },
      },
    ],
  });
  expect(diagnosticToJson({ code: "clash", severity: "warning", message: "m" })).toEqual({
    code: "clash",
    severity: "warning",
    message: "m",
  });
});
