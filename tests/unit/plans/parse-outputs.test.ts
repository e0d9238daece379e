import { expect, test } from "vitest";
import { parseOutputs } from "../../../src/plans/parse-outputs.ts";
import { plannedOutputs } from "../../../src/plans/planned-outputs.ts";
import { recordedPlan, recordedText } from "./recordings.ts";

test("outputs that were printed and outputs of a state are the same", () => {
  const printed = parseOutputs(recordedText("recorded/outputs"));
  expect(parseOutputs(recordedText("recorded/state"))).toEqual(printed);
  expect(printed.get("big")).toEqual({ kind: "number", digits: "12345678901234567890123" });
  expect(printed.get("sec")).toEqual({ kind: "scalar", value: "hunter2", sensitive: true });
});

test("what the next plan keeps is what was applied", () => {
  const applied = parseOutputs(recordedText("recorded/outputs"));
  const planned = plannedOutputs(recordedPlan("recorded/values-changed"));
  for (const name of ["same", "set", "map", "list", "big", "exp", "tiny", "sec", "proto"]) {
    expect(planned.get(name)).toEqual(applied.get(name));
  }
});

test("no outputs at all", () => {
  expect(parseOutputs("{}")).toEqual(new Map());
});
