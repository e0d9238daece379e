import { type Shape, count, literally } from "./shape.ts";

/** What every object of the ledger begins with. An ETag is only a hash of the content: these make each write differ. */
export interface EntryHead {
  readonly format: 1;
  /** Counts the writes of this object, from 1. */
  readonly sequence: number;
  /** The run that wrote it. */
  readonly runId: string;
}

/** An entry as its writer gives it; the ledger adds format and sequence. */
export type EntryContent<T extends EntryHead> = Omit<T, "format" | "sequence">;

/** An entry together with the version of the object that it was read from, for the conditional write that follows. */
export interface Stamped<T> {
  readonly entry: T;
  readonly version: string;
}

export const FORMAT = 1;
export const formatShape: Shape<1> = literally(FORMAT);
export const sequenceShape = count;
