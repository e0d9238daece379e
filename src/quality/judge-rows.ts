import type { Verdict } from "./verdict.ts";

/** Rows counted for an expectation. */
export interface RowCounts {
  readonly elements: number;
  readonly considered: number;
  readonly unexpected: number;
}

/** Judges counted rows as Great Expectations does: where no row counts, what is said of every row holds. */
export function judgeRows(
  expectation: string,
  { elements, considered, unexpected }: RowCounts,
  mostly = 1,
): Verdict {
  const holds = considered === 0 || (considered - unexpected) / considered >= mostly;
  const due = mostly === 1 ? "" : `, of which ${mostly} must be right`;
  return {
    expectation,
    status: holds ? "passed" : "failed",
    found: `${unexpected} of ${considered} unexpected${due}`,
    elements,
    considered,
    unexpected,
  };
}
