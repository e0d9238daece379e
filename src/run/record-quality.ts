import type { CheckResult } from "../checks/check-result.ts";
import type { QualityRecord } from "../ledger/quality-entry.ts";
import type { Verdict } from "../quality/verdict.ts";
import type { Stack } from "../stacks/stack.ts";
import type { RunContext } from "./run-context.ts";

/** Keeps what the checks of data of a stack have counted, beside the ledger; no value from the data. */
export async function recordQuality(
  context: RunContext,
  stack: Stack,
  results: readonly CheckResult[],
): Promise<void> {
  const records = results.flatMap(recordsOf);
  if (records.length === 0) return;
  const ledger = await context.ledger(stack);
  await ledger.quality.record({
    runId: context.runId,
    address: stack.address,
    at: context.now().toISOString(),
    target: context.target.kind,
    results: records,
  });
}

function recordsOf({ name, quality }: CheckResult): readonly QualityRecord[] {
  if (quality === undefined) return [];
  const { suite, data, rows, verdicts } = quality;
  return [{ check: name, suite, data, rows, verdicts: verdicts.map(withoutValues) }];
}

function withoutValues({ expectation, status, elements, considered, unexpected }: Verdict) {
  return {
    expectation,
    status,
    ...(elements !== undefined && { elements }),
    ...(considered !== undefined && { considered }),
    ...(unexpected !== undefined && { unexpected }),
  };
}
