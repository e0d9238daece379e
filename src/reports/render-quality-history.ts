import type { QualityEntry, QualityRecord, VerdictRecord } from "../ledger/quality-entry.ts";

/** Runs of checks of data for people: a block for each check, a line for each run, and below it what did not hold. */
export function renderQualityHistory(entries: readonly QualityEntry[]): string {
  if (entries.length === 0)
    return "no check of data has run here; 'platc test' runs those of kind 'quality'\n";
  const runsByCheck = new Map<string, Run[]>();
  for (const entry of entries)
    for (const record of entry.results) {
      const title = `${entry.address} ${record.check}: '${record.suite}' on ${record.data}`;
      runsByCheck.set(title, [...(runsByCheck.get(title) ?? []), { entry, record }]);
    }
  return [...runsByCheck].map(([title, runs]) => `${title}\n${runs.map(renderRun).join("")}`).join("\n");
}

interface Run {
  readonly entry: QualityEntry;
  readonly record: QualityRecord;
}

function renderRun({ entry, record }: Run): string {
  const wrong = record.verdicts.filter(({ status }) => status !== "passed");
  const held = record.verdicts.length - wrong.length;
  const status = wrong.length === 0 ? "passed" : "failed";
  const head = `  ${entry.at}  ${status}  ${held} of ${record.verdicts.length} hold  ${record.rows} rows  ${entry.target}\n`;
  return head + wrong.map(renderVerdict).join("");
}

function renderVerdict({ expectation, status, considered, unexpected }: VerdictRecord): string {
  const counts = unexpected === undefined ? "" : `  ${unexpected} of ${considered ?? 0} unexpected`;
  return `    ${status}  ${expectation}${counts}\n`;
}
