import type { CheckAttempt } from "../checks/check-attempt.ts";
import type { MigrationRecord } from "../ledger/step-record.ts";
import type { Sources } from "../source/sources.ts";

/** What a step of any kind is given: its settings as a check has them, and what it is part of. */
export interface StepRun extends CheckAttempt {
  /** What the step is called in a database: address of its stack, `#`, its name; and what it was called earlier. */
  readonly owner: string;
  readonly earlierOwners: readonly string[];
  readonly runId: string;
  /** Files beside the spec as they were compiled; paths are from the project root. */
  readonly sources: Sources;
  readonly root: string;
}

/** How a step ended: `message` is one sentence. It is skipped where the target has nothing that it could work on. */
export interface StepEnd {
  readonly status: "done" | "failed" | "skipped";
  readonly message: string;
  readonly hint?: string;
  /** More of what was seen, for a failure, such as the end of a log. */
  readonly details?: string;
  /** Of migrations: all that the database has now; undefined where it could not be asked. */
  readonly migrations?: readonly MigrationRecord[];
}

/** Does a step of one kind; doing it again does no harm. Throws SettingError where a setting is not what it must be. */
export type StepRunner = (run: StepRun) => Promise<StepEnd>;
