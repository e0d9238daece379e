import { expect, test } from "vitest";
import { combineReporters } from "../../../src/reports/combine-reporters.ts";
import type { Reporter } from "../../../src/reports/reporter.ts";

function scribe(told: string[], failsAt?: string): Reporter {
  const say = (word: string): void => {
    told.push(word);
    if (word === failsAt) throw new Error(`no ${word}`);
  };
  return { tell: (event) => say(event.kind), close: () => say("close") };
}

test("all are told, and closed once", () => {
  const told: [string[], string[]] = [[], []];
  const both = combineReporters(told.map((one) => scribe(one)));
  both.tell({ kind: "note", message: "" });
  both.close();
  both.close();
  expect(told).toEqual([
    ["note", "close"],
    ["note", "close"],
  ]);
});

test("one that fails disturbs neither the run nor the others, and is not forgotten", () => {
  const told: [string[], string[]] = [[], []];
  const both = combineReporters([scribe(told[0], "note"), scribe(told[1])]);
  both.tell({ kind: "note", message: "" });
  both.tell({ kind: "note", message: "" });
  expect(() => both.close()).toThrow("no note");
  expect(told).toEqual([
    ["note", "close"],
    ["note", "note", "close"],
  ]);
});
