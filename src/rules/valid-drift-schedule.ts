import { child } from "../spec/node.ts";
import { cronProblem } from "./cron-problem.ts";
import type { SpecRule } from "./rule.ts";

/** GitHub can start the job that looks for drift. */
export const validDriftSchedule: SpecRule = ({ github }) => {
  const range = child(github.settings, "drift")?.range;
  const problem = github.drift === undefined ? undefined : cronProblem(github.drift);
  return problem && range ? [{ code: "bad-schedule", severity: "error", ...problem, range }] : [];
};
