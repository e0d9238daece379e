import type { StepRunner } from "./step-run.ts";

/** The one register of the kinds of steps; each is loaded when it is first used. */
export const STEP_RUNNER_BY_KIND: ReadonlyMap<string, () => Promise<StepRunner>> = new Map<
  string,
  () => Promise<StepRunner>
>([
  ["command", async () => (await import("./command-step.ts")).runCommandStep],
  ["sql", async () => (await import("./sql-step.ts")).runSqlStep],
]);
