/** What a line of a rendered plan is about, for a reporter that colours. `muted` is a remark. */
export type PlanTone =
  "add" | "change" | "destroy" | "replace" | "read" | "move" | "import" | "forget" | "muted" | "plain";

/** One line of a rendered plan, without colours and without line breaks or control characters. */
export interface PlanLine {
  readonly text: string;
  readonly tone: PlanTone;
  /**
   * Of what nobody wrote and only an apply makes known: how many attributes or outputs the line begins, for a report
   * that folds them; 0 where it goes on.
   */
  readonly later?: number;
}
