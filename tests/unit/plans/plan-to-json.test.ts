import { expect, test } from "vitest";
import { planToJson } from "../../../src/plans/plan-to-json.ts";
import { HIDDEN } from "../../../src/plans/value-to-json.ts";
import { recordedPlan, recordedText } from "./recordings.ts";

const same = (text: string): string => text;

interface Printed {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly index?: unknown;
    readonly previous_address?: string;
    readonly change: Record<string, unknown> & {
      readonly actions: readonly string[];
      readonly importing?: unknown;
    };
  }[];
}

/** What is printed, without what platc says otherwise: what is sensitive, what stays, and marks that mark nothing. */
function comparable({ change, ...resource }: Printed["resource_changes"][number]): unknown {
  const { before, after, actions, replace_paths, importing } = change;
  return { ...resource, change: { before, after, actions, replace_paths, importing } };
}

/** What is printed, hidden where platc hides it; what is hidden is counted. */
function hiddenAlike(printed: unknown, told: unknown, hidden: string[], path = ""): unknown {
  if (told === HIDDEN) {
    hidden.push(path);
    return HIDDEN;
  }
  if (typeof printed !== "object" || printed === null) return printed;
  const entries = Object.entries(printed).map(([key, entry]) => {
    const there = (told as Record<string, unknown> | null | undefined)?.[key];
    return [key, hiddenAlike(entry, there, hidden, `${path}/${key}`)] as const;
  });
  return Array.isArray(printed) ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
}

test.each([
  { name: "recorded/varied", secrets: ["/3/change/before/input/secret"] },
  { name: "recorded/deposed", secrets: [] },
])("$name is told as Terraform tells it", ({ name, secrets }) => {
  const printed = (JSON.parse(recordedText(name)) as Printed).resource_changes.filter(
    ({ change, previous_address }) =>
      change.actions[0] !== "no-op" || previous_address !== undefined || change.importing !== undefined,
  );
  const told = (JSON.parse(JSON.stringify(planToJson(recordedPlan(name), same))) as unknown as Printed)
    .resource_changes;
  expect(told.length).toBeGreaterThan(0);
  const hidden: string[] = [];
  const expected = hiddenAlike(printed.map(comparable), told.map(comparable), hidden);
  expect(told.map(comparable)).toEqual(expected);
  expect(hidden).toEqual(secrets);
});
