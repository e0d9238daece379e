import { setTimeout as sleep } from "node:timers/promises";
import { withFileLock } from "../stores/file-lock.ts";
import { processStatus } from "../stores/process-identity.ts";
import { emulatorPlaces } from "./emulator-places.ts";
import { type EmulatorRecord, readEmulatorRecord, removeEmulatorRecord } from "./emulator-record.ts";
import type { Refusal } from "./given-endpoint.ts";

export type StopResult =
  | { readonly status: "stopped"; readonly pid: number; readonly wasKilled: boolean }
  | { readonly status: "not-running" }
  | Refusal;

const TERM_MS = 10_000;
const KILL_MS = 5_000;

/** Ends the project's emulator: asked first, killed if it does not listen; never a process that is not it. */
export function stopEmulator(projectRoot: string): Promise<StopResult> {
  const places = emulatorPlaces(projectRoot);
  return withFileLock(places.lock, async () => {
    const record = readEmulatorRecord(places.record);
    if (!record) return { status: "not-running" };
    const status = processStatus(record);
    if (status === "unknown") {
      return {
        status: "failed",
        message: `The emulator was started on another machine, '${record.host.split(" ")[0]}'`,
        hint: `Stop it there, or delete ${places.record}.`,
      };
    }
    const result = status === "dead" ? ({ status: "not-running" } as const) : await end(record);
    if (result.status !== "failed") removeEmulatorRecord(places.record);
    return result;
  });
}

async function end(record: EmulatorRecord): Promise<StopResult> {
  const { pid } = record;
  signal(pid, "SIGTERM");
  if (await hasEnded(record, TERM_MS)) return { status: "stopped", pid, wasKilled: false };
  if (processStatus(record) === "alive") signal(pid, "SIGKILL");
  if (await hasEnded(record, KILL_MS)) return { status: "stopped", pid, wasKilled: true };
  return {
    status: "failed",
    message: `The emulator (process ${pid}) does not end`,
    hint: "See what holds it up, such as a debugger or a full disk.",
  };
}

async function hasEnded(record: EmulatorRecord, limitMs: number): Promise<boolean> {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline; await sleep(25)) {
    if (processStatus(record) === "dead") return true;
  }
  return processStatus(record) === "dead";
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
