import type { RunEvent, StackStep } from "../run/run-event.ts";
import { createRunningResources } from "./running-resources.ts";

/** A stack that something is running for now. */
export interface RunningStack {
  readonly address: string;
  readonly step: StackStep;
  /** When it began, in milliseconds of the clock that `take` is given. */
  readonly since: number;
  /** What Terraform is at, the longest first. */
  readonly resources: readonly string[];
}

/** How far a run has come. */
export interface Progress {
  readonly running: readonly RunningStack[];
  readonly done: number;
  readonly stacks: number;
  readonly since: number;
}

export interface RunningStacks {
  take(event: RunEvent, now: number): void;
  progress(): Progress;
}

/** Knows which stacks run, by what a run tells. A stack that is planned rests until its next step. */
export function createRunningStacks(): RunningStacks {
  const running = new Map<string, { readonly step: StackStep; readonly since: number }>();
  const all = new Set<string>();
  const done = new Set<string>();
  const resources = createRunningResources();
  let since: number | undefined;

  const start = (address: string, step: StackStep, now: number): void => {
    all.add(address);
    // What was planned, or is up to date, may be applied or tested yet.
    done.delete(address);
    running.set(address, { step, since: running.get(address)?.since ?? now });
  };

  return {
    take(event, now) {
      since ??= now;
      resources.take(event);
      switch (event.kind) {
        case "run-announced":
          for (const address of event.stacks) all.add(address);
          for (const address of event.upToDate) done.add(address);
          return;
        case "stack-started":
          return start(event.address, event.step, now);
        case "stack-planned":
          running.delete(event.address);
          return;
        case "stack-finished":
          all.add(event.address);
          done.add(event.address);
          running.delete(event.address);
          return;
        case "run-finished":
          running.clear();
          return;
        case "stack-reasons":
        case "stack-unproven":
        case "stack-progress":
        case "step-finished":
        case "check-finished":
        case "note":
          return;
      }
    },
    progress: () => ({
      running: [...running].map(([address, { step, since }]) => ({
        address,
        step,
        since,
        resources: resources.of(address),
      })),
      done: done.size,
      stacks: new Set([...all, ...done]).size,
      since: since ?? 0,
    }),
  };
}
