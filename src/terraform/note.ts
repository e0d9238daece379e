/** Something that platc did on its own in preparing a run, for people: what, and what to do if it was not wanted. */
export interface Note {
  readonly message: string;
  readonly hint?: string;
}
