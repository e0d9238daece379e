import type { CheckContext } from "../checks/check-context.ts";
import { redactor } from "../checks/redact.ts";
import { type KnownValues, resolveSettings } from "../checks/resolve-settings.ts";
import { SettingError } from "../checks/setting.ts";
import { InvariantError } from "../diagnostics/invariant.ts";
import type { StepSpec } from "../stacks/stack.ts";
import { STEP_RUNNER_BY_KIND } from "./step-kinds.ts";
import type { StepEnd, StepRun } from "./step-run.ts";

/** What a step is part of. */
export interface StepSurroundings extends Pick<
  StepRun,
  "owner" | "earlierOwners" | "runId" | "sources" | "root"
> {
  readonly known: KnownValues;
  readonly context: CheckContext;
  /** Texts that are shown nowhere, beside the secrets that the step reads. */
  readonly secrets: readonly string[];
}

/** Does one step. What goes wrong is in the result, not thrown; no secret is. */
export async function runStep(step: StepSpec, around: StepSurroundings): Promise<StepEnd> {
  const { known, context, secrets, ...part } = around;
  const resolved = resolveSettings(step.settings, known);
  if (resolved.status === "missing") return { status: "failed", message: resolved.what };
  const redact = redactor([...resolved.secrets, ...secrets]);
  const load = STEP_RUNNER_BY_KIND.get(step.kind);
  if (!load) return { status: "failed", message: "the step is of no kind" };
  const { timeoutSeconds } = step;
  const limit = AbortSignal.timeout(timeoutSeconds * 1000);
  const signal = AbortSignal.any([limit, ...(context.signal ? [context.signal] : [])]);
  const runner = await load();
  try {
    const end = await runner({
      ...part,
      settings: resolved.settings,
      context,
      signal,
      timeoutSeconds,
      redact,
    });
    return {
      ...end,
      message: redact(end.message),
      ...(end.details !== undefined && { details: redact(end.details) }),
    };
  } catch (error) {
    if (error instanceof InvariantError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    return {
      status: "failed",
      message: redact(error instanceof SettingError ? why : `it broke off: ${why}`),
    };
  }
}
