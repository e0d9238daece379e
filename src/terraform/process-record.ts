import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { identifyProcess, type ProcessIdentity, processStatus } from "../stores/process-identity.ts";

/** A Terraform process whose platc did not see its end. */
export interface LeftoverRun {
  readonly pid: number;
  readonly arguments: readonly string[];
  readonly folder: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly isAlive: boolean;
}

interface ProcessRecord extends Omit<LeftoverRun, "pid" | "isAlive"> {
  readonly identity: ProcessIdentity;
}

/** Notes a process while it runs, for the next platc in case this one is killed. */
export function writeProcessRecord(
  path: string,
  pid: number,
  run: { readonly command: { readonly arguments: readonly string[] }; readonly folder: string },
): void {
  const record: ProcessRecord = {
    identity: identifyProcess(pid),
    arguments: run.command.arguments,
    folder: run.folder,
    startedAt: new Date().toISOString(),
  };
  writeFileSync(path, `${JSON.stringify(record)}\n`, { mode: 0o600 });
}

/** The runs in a log folder that an earlier platc started and did not see to their end; some may still be going. */
export function readLeftoverRuns(logFolder: string): readonly LeftoverRun[] {
  if (!existsSync(logFolder)) return [];
  return readdirSync(logFolder)
    .filter((name) => name.endsWith(".process.json"))
    .sort()
    .flatMap((name) => {
      const record = readRecord(join(logFolder, name));
      if (!record) return [];
      const { identity, ...run } = record;
      return [{ ...run, pid: identity.pid, isAlive: processStatus(identity) === "alive" }];
    });
}

/** Undefined where platc was killed while it wrote. */
function readRecord(path: string): ProcessRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(path, "utf8")) as Partial<ProcessRecord>;
    return record.identity === undefined ? undefined : (record as ProcessRecord);
  } catch {
    return undefined;
  }
}
