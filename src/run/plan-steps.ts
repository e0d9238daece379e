import { compareMigrations } from "../steps/compare-migrations.ts";
import { readMigrations } from "../steps/read-migrations.ts";
import { expressionsIn } from "../templates/value.ts";
import type { StepSpec } from "../stacks/stack.ts";
import type { PlannedStep } from "./planned-step.ts";
import type { RunContext } from "./run-context.ts";
import { variableValue } from "./known-values.ts";
import { type StepFacts, stepReasons } from "./step-reasons.ts";

/** What steps would do, or why they cannot be done. */
export type StepsPlan =
  | { readonly status: "ok"; readonly steps: readonly PlannedStep[] }
  | { readonly status: "failed"; readonly message: string; readonly hint: string };

/** What the steps of a stack would do, in order. Nothing is started, and no database is asked. */
export async function planSteps(context: RunContext, facts: StepFacts): Promise<StepsPlan> {
  const reasons = stepReasons(context, facts);
  const planned: PlannedStep[] = [];
  for (const step of facts.stack.steps) {
    const why = reasons.get(step.name);
    if (!why) continue;
    const missing = variablesOf(step).find((name) => variableValue(context, name) === undefined);
    if (missing !== undefined)
      return {
        status: "failed",
        message: `the variable '${missing}', which step '${step.name}' reads, has no value`,
        hint: `give it as TF_VAR_${missing} in the environment`,
      };
    const left = await migrationsLeft(context, facts, step);
    if (left.status === "bad")
      return { status: "failed", message: `step '${step.name}': ${left.message}`, hint: left.hint };
    planned.push({
      name: step.name,
      kind: step.kind,
      reasons: why,
      files: left.left.map(({ file }) => file),
    });
  }
  return { status: "ok", steps: planned };
}

async function migrationsLeft({ sources, target }: RunContext, { entry }: StepFacts, step: StepSpec) {
  if (step.kind !== "sql") return { status: "ok", left: [] } as const;
  const [folder] = expressionsIn(step.settings.get("migrations") ?? null).flatMap((one) =>
    one.kind === "path" ? [one.path] : [],
  );
  const files = await readMigrations(folder ?? "", sources);
  // What another target has says nothing of the database of this one.
  const done = entry?.target === target.kind ? (entry.steps[step.name]?.migrations ?? []) : [];
  return compareMigrations(files, done);
}

function variablesOf(step: StepSpec): readonly string[] {
  return expressionsIn(step.settings).flatMap((one) => (one.kind === "variable" ? [one.name] : []));
}
