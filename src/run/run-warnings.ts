import type { TerraformDiagnostic } from "../terraform/events.ts";
import type { RunEvent, StackStep, StackWarning } from "./run-event.ts";

/** Keeps what Terraform warned of, stack by stack. */
export interface RunWarnings {
  readonly take: (event: RunEvent) => void;
  /** Each once, in the order in which stacks first told any. */
  readonly all: () => readonly StackWarning[];
}

/**
 * Gathers the warnings of a run. What a step says anew takes the place of what it said before: a plan is made again
 * at a stack's turn, and an apply looks again at what its plan found to fail.
 */
export function createRunWarnings(): RunWarnings {
  const byAddress = new Map<string, readonly StepWarning[]>();
  const change = (address: string, to: (told: readonly StepWarning[]) => readonly StepWarning[]): void => {
    byAddress.set(address, to(byAddress.get(address) ?? []));
  };
  return {
    take(event) {
      if (event.kind === "stack-started")
        change(event.address, (told) => told.filter((one) => !isOutdated(one, event.step)));
      else if (event.kind === "stack-progress" && event.event.kind === "diagnostic") {
        const { address, step } = event;
        const { diagnostic } = event.event;
        if (diagnostic.severity !== "warning" || diagnostic.summary === NOT_YET) return;
        change(address, (told) => [...told, { step, warning: warningOf(address, diagnostic) }]);
      }
    },
    all: () => [...byAddress.values()].flatMap((told) => withoutRepeated(told.map(({ warning }) => warning))),
  };
}

interface StepWarning {
  readonly step: StackStep;
  readonly warning: StackWarning;
}

const FAILED = "Check block assertion failed";
/** An assertion that an apply is going to look at is no warning yet. */
const NOT_YET = "Check block assertion known after apply";

function isOutdated({ step, warning }: StepWarning, next: StackStep): boolean {
  return step === next || (step === "plan" && next === "apply" && warning.isAssertion === true);
}

function warningOf(address: string, diagnostic: TerraformDiagnostic): StackWarning {
  const { summary, detail, place } = diagnostic;
  const resource = diagnostic.address ?? place?.block;
  return {
    address,
    message: summary,
    hint: detail,
    ...(resource !== undefined && { resource }),
    ...(place && { place }),
    ...(summary === FAILED && { isAssertion: true as const }),
  };
}

function withoutRepeated(warnings: readonly StackWarning[]): readonly StackWarning[] {
  return [...new Map(warnings.map((one) => [JSON.stringify(one), one])).values()];
}
