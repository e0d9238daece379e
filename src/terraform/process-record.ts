import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A Terraform process whose platc did not see its end. */
export interface LeftoverRun {
  readonly pid: number;
  readonly arguments: readonly string[];
  readonly folder: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly isAlive: boolean;
}

interface ProcessRecord extends Omit<LeftoverRun, "isAlive"> {
  /** The kernel's own start time of the process, so that a reused pid is not taken for it. */
  readonly startTicks: string | undefined;
}

/** Notes a process while it runs, for the next platc in case this one is killed. */
export function writeProcessRecord(
  path: string,
  pid: number,
  run: { readonly command: { readonly arguments: readonly string[] }; readonly folder: string },
): void {
  const record: ProcessRecord = {
    pid,
    arguments: run.command.arguments,
    folder: run.folder,
    startedAt: new Date().toISOString(),
    startTicks: startTicks(pid),
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
      const { startTicks: ticks, ...run } = record;
      return [{ ...run, isAlive: isAlive(run.pid) && ticks === startTicks(run.pid) }];
    });
}

function readRecord(path: string): ProcessRecord | undefined {
  try {
    return {
      startTicks: undefined,
      ...(JSON.parse(readFileSync(path, "utf8")) as Omit<ProcessRecord, "startTicks">),
    };
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Linux only; elsewhere the pid alone has to do. */
function startTicks(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}
