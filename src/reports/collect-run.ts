import type { CheckResult } from "../checks/check-result.ts";
import type {
  RunAnnounced,
  RunEvent,
  RunFinished,
  RunNote,
  StackDrift,
  StackOutcome,
  StackPlanned,
  StackUnproven,
  StackWarning,
  StepResult,
} from "../run/run-event.ts";

/** What a run has told of one stack so far. */
export interface CollectedStack {
  readonly address: string;
  readonly reasons: readonly string[];
  /** The latest plan. */
  readonly plan?: StackPlanned;
  readonly unproven?: StackUnproven;
  readonly drift?: StackDrift;
  readonly outcome?: StackOutcome;
  readonly seconds?: number;
  readonly steps: readonly StepResult[];
  readonly checks: readonly CheckResult[];
  /** Of Terraform; told at the end of a run. */
  readonly warnings: readonly StackWarning[];
}

/** What a run has told so far. */
export interface CollectedRun {
  readonly announced?: RunAnnounced;
  readonly finished?: RunFinished;
  /** In the order announced, then in the order told. */
  readonly stacks: readonly CollectedStack[];
  readonly notes: readonly RunNote[];
}

export interface RunCollector {
  take(event: RunEvent): void;
  collected(): CollectedRun;
}

/** Gathers what a run tells for reports that speak at its end. */
export function createRunCollector(): RunCollector {
  const stacks = new Map<string, CollectedStack>();
  const notes: RunNote[] = [];
  let announced: RunAnnounced | undefined;
  let finished: RunFinished | undefined;

  const update = (address: string, change: (stack: CollectedStack) => Partial<CollectedStack>): void => {
    const stack = stacks.get(address) ?? { address, reasons: [], steps: [], checks: [], warnings: [] };
    stacks.set(address, { ...stack, ...change(stack) });
  };

  const announce = (event: RunAnnounced): void => {
    announced = event;
    for (const address of event.stacks) update(address, () => ({}));
    for (const address of event.upToDate) update(address, () => ({ outcome: { status: "up-to-date" } }));
  };

  const finish = (event: RunFinished): void => {
    finished = event;
    for (const [address, outcome] of event.outcomes) update(address, () => ({ outcome }));
    for (const [address, checks] of checksByAddress(event)) update(address, () => ({ checks }));
    for (const warning of event.warnings ?? [])
      update(warning.address, ({ warnings }) => ({ warnings: [...warnings, warning] }));
  };

  return {
    take(event) {
      switch (event.kind) {
        case "run-announced":
          return announce(event);
        case "stack-reasons":
          return update(event.address, () => ({ reasons: event.reasons }));
        case "stack-planned":
          return update(event.address, () => ({ plan: event }));
        case "stack-unproven":
          return update(event.address, () => ({ unproven: event }));
        case "stack-drift":
          return update(event.address, () => ({ drift: event }));
        case "stack-finished":
          return update(event.address, () => ({ outcome: event.outcome, seconds: event.seconds }));
        case "step-finished":
          return update(event.address, ({ steps }) => ({ steps: [...steps, event.result] }));
        case "check-finished":
          return update(event.address, ({ checks }) => ({ checks: [...checks, event.result] }));
        case "note":
          notes.push(event);
          return;
        case "run-finished":
          return finish(event);
        case "stack-started":
        case "stack-progress":
          return;
      }
    },
    collected: () => ({
      ...(announced ? { announced } : {}),
      ...(finished ? { finished } : {}),
      stacks: [...stacks.values()],
      notes: [...notes],
    }),
  };
}

function checksByAddress({ checks }: RunFinished): ReadonlyMap<string, readonly CheckResult[]> {
  const byAddress = new Map<string, CheckResult[]>();
  for (const { address, result } of checks) {
    byAddress.set(address, [...(byAddress.get(address) ?? []), result]);
  }
  return byAddress;
}

const MOST_ROWS = 40;

/** What a table shows: the stacks that have rows, and, in a long one, how many share one since all is well with them. */
export interface FoldedStacks {
  readonly shown: readonly CollectedStack[];
  readonly folded: number;
  /** What the folded ones are. */
  readonly word: string;
}

/** The stacks that a table has rows for: in a long one, those that something is to be said of. */
export function foldQuiet(stacks: readonly CollectedStack[]): FoldedStacks {
  const folds = stacks.length > MOST_ROWS;
  const shown = stacks.filter(({ outcome }) => !folds || !isQuiet(outcome));
  const isOfDrift = stacks.some(({ outcome }) => outcome?.status === "no-drift");
  return { shown, folded: stacks.length - shown.length, word: isOfDrift ? "without drift" : "up to date" };
}

function isQuiet(outcome: StackOutcome | undefined): boolean {
  if (outcome?.status === "up-to-date") return outcome.tests === undefined;
  return outcome?.status === "no-drift" && outcome.apart === undefined;
}
