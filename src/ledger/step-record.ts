import type { ProcessIdentity } from "../stores/process-identity.ts";
import { type EntryHead, formatShape, sequenceShape } from "./entry.ts";
import type { EntryKind } from "./entry-store.ts";
import { identityShape } from "./identity-shape.ts";
import { listOf, literally, objectOf, optional, orNull, recordOf, text } from "./shape.ts";

/** A migration that a database has, and the SHA-256 of the file that it was. */
export interface MigrationRecord {
  readonly file: string;
  readonly digest: string;
}

/** Who runs a step, and how long others keep away where nobody can see whether that process still runs. */
export interface StepHolder {
  /** `user@host`. */
  readonly by: string;
  readonly process: ProcessIdentity;
  /** ISO 8601; the step is stopped before then, whatever it does. */
  readonly until: string;
}

/** How one step of a stack went last. */
export interface StepRecord {
  readonly kind: string;
  /** "begun" before it starts: what stays so was ended by force. "skipped": the target has nothing for it to work on. */
  readonly outcome: "begun" | "done" | "failed" | "skipped";
  readonly runId: string;
  /** ISO 8601. */
  readonly at: string;
  /** Of one that was begun, until it ends or is interrupted. */
  readonly holder?: StepHolder;
  /** Of the step as it was compiled, the files that it names included. */
  readonly definition: string;
  /** Hash of its settings with all that they read, keyed with the salt of the entry. */
  readonly values: string;
  /** Why it failed; never a secret. */
  readonly note: string | null;
  /** What the database had after it; empty for other kinds. */
  readonly migrations: readonly MigrationRecord[];
}

/** What the steps of one stack have done, by name. */
export interface StepsEntry extends EntryHead {
  readonly address: string;
  readonly target: string;
  readonly salt: string;
  readonly steps: Readonly<Record<string, StepRecord>>;
}

export const STEPS_ENTRY: EntryKind<StepsEntry> = {
  title: "record of steps",
  cost: "the steps of that stack are run again; migrations that the database knows are not",
  shape: objectOf<StepsEntry>({
    format: formatShape,
    sequence: sequenceShape,
    runId: text,
    address: text,
    target: text,
    salt: text,
    steps: recordOf(
      objectOf<StepRecord>({
        kind: text,
        outcome: literally("begun", "done", "failed", "skipped"),
        runId: text,
        at: text,
        holder: optional(objectOf<StepHolder>({ by: text, process: identityShape, until: text })),
        definition: text,
        values: text,
        note: orNull(text),
        migrations: listOf(objectOf<MigrationRecord>({ file: text, digest: text })),
      }),
    ),
  }),
};
