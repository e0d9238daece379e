import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type ProcessIdentity, processStatus } from "../stores/process-identity.ts";

/** An emulator that platc started and has not stopped. */
export interface EmulatorRecord extends ProcessIdentity {
  readonly endpoint: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** The record of a project's emulator; undefined where there is none, or where it cannot be read. */
export function readEmulatorRecord(path: string): EmulatorRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(path, "utf8")) as Partial<EmulatorRecord>;
    const isWhole =
      Number.isInteger(record.pid) && record.host !== undefined && record.endpoint !== undefined;
    return isWhole ? (record as EmulatorRecord) : undefined;
  } catch {
    return undefined;
  }
}

export function writeEmulatorRecord(path: string, record: EmulatorRecord): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify(record)}\n`);
  renameSync(draft, path);
}

export function removeEmulatorRecord(path: string): void {
  rmSync(path, { force: true });
}

/** The record of an emulator whose process still runs, and is the same one. */
export function readLiveRecord(path: string): EmulatorRecord | undefined {
  const record = readEmulatorRecord(path);
  return record !== undefined && processStatus(record) === "alive" ? record : undefined;
}
