import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { withFileLock } from "../stores/file-lock.ts";
import { identifyProcess } from "../stores/process-identity.ts";
import { askOwnEmulator } from "./emulator-health.ts";
import { emulatorPlaces } from "./emulator-places.ts";
import {
  type EmulatorRecord,
  readLiveRecord,
  removeEmulatorRecord,
  writeEmulatorRecord,
} from "./emulator-record.ts";
import type { Refusal } from "./given-endpoint.ts";
import {
  emulatorPackage,
  preparePython,
  type PythonRequest,
  pythonEnvironmentVariables,
} from "./python-environment.ts";

export interface StartRequest extends PythonRequest {
  /** 0, the default: a free port of the system's choice. */
  readonly port?: number;
}

export interface RunningEmulator {
  readonly status: "ok";
  readonly record: EmulatorRecord;
  /** For people, such as `moto 5.2.1`. */
  readonly version: string;
  readonly wasRunning: boolean;
}

const READY_MS = 60_000;
const ANSWER_MS = 15_000;
/** As long as pip may take for another platc. */
const PATIENCE_MS = 25 * 60_000;

/** The project's emulator: the one that runs, else a new one. Of several platc at once, one starts it. */
export async function startEmulator(request: StartRequest): Promise<RunningEmulator | Refusal> {
  return (await runningEmulator(request.projectRoot)) ?? startAlone(request);
}

/** The project's emulator if it runs; a refusal where its process is there and does not answer. */
export async function runningEmulator(projectRoot: string): Promise<RunningEmulator | Refusal | undefined> {
  const { record: path } = emulatorPlaces(projectRoot);
  for (const deadline = Date.now() + ANSWER_MS; ; await sleep(200)) {
    const record = readLiveRecord(path);
    if (!record) return undefined;
    const health = await askOwnEmulator(record.endpoint);
    if (health && health.pid === record.pid)
      return { status: "ok", record, version: health.version, wasRunning: true };
    if (Date.now() > deadline) {
      return {
        status: "failed",
        message: `The emulator (process ${record.pid}) does not answer at ${record.endpoint}`,
        hint: "Run 'platc emulator stop', then start it anew.",
      };
    }
  }
}

/** A lock of ours is waited for half a minute; installing moto may hold it for longer. */
async function startAlone(request: StartRequest): Promise<RunningEmulator | Refusal> {
  const { lock } = emulatorPlaces(request.projectRoot);
  for (const deadline = Date.now() + PATIENCE_MS; ;) {
    let hasBegun = false;
    try {
      return await withFileLock(lock, async () => {
        hasBegun = true;
        return (await runningEmulator(request.projectRoot)) ?? startNew(request);
      });
    } catch (error) {
      if (hasBegun || Date.now() > deadline) throw error;
      request.tell("Waiting for another platc that is starting the emulator");
    }
  }
}

async function startNew(request: StartRequest): Promise<RunningEmulator | Refusal> {
  const places = emulatorPlaces(request.projectRoot);
  removeEmulatorRecord(places.record);
  const python = await preparePython(request);
  if (python.status === "failed") return python;
  mkdirSync(places.folder, { recursive: true });
  const started = await spawnEmulator(python.path, request);
  if (started.status === "failed") return started;
  const record = {
    ...identifyProcess(started.pid),
    endpoint: started.endpoint,
    startedAt: new Date().toISOString(),
  };
  writeEmulatorRecord(places.record, record);
  const running = await runningEmulator(request.projectRoot);
  return running?.status === "ok" ? { ...running, wasRunning: false } : (running ?? ended(places.log));
}

type Started = { readonly status: "started"; readonly pid: number; readonly endpoint: string } | Refusal;

/** Its output goes to files, since it outlives this process and a pipe would not. */
async function spawnEmulator(python: string, request: StartRequest): Promise<Started> {
  const { folder, ready, log } = emulatorPlaces(request.projectRoot);
  const [stdout, stderr] = [openSync(ready, "w"), openSync(log, "w")];
  const child = spawn(python, [emulatorPackage(), "--port", String(request.port ?? 0)], {
    cwd: folder,
    env: pythonEnvironmentVariables(request.environment),
    detached: true,
    windowsHide: true,
    stdio: ["ignore", stdout, stderr],
  });
  closeSync(stdout);
  closeSync(stderr);
  child.unref();
  let startError: string | undefined;
  child.on("error", (error) => (startError = error.message));
  for (const deadline = Date.now() + READY_MS; Date.now() < deadline; await sleep(25)) {
    const line = readyLine(ready);
    if (line) return { status: "started", ...line };
    if (startError !== undefined || child.exitCode !== null || child.signalCode !== null)
      return ended(log, startError);
  }
  child.kill("SIGKILL");
  return {
    status: "failed",
    message: `The emulator was not ready after ${READY_MS / 1000} s`,
    hint: `See ${log}.`,
  };
}

function readyLine(path: string): { readonly pid: number; readonly endpoint: string } | undefined {
  const text = readFileSync(path, "utf8");
  const end = text.indexOf("\n");
  return end < 0 ? undefined : (JSON.parse(text.slice(0, end)) as { pid: number; endpoint: string });
}

function ended(log: string, startError?: string): Refusal {
  const last = startError ?? readFileSync(log, "utf8").trim().split("\n").at(-1);
  return {
    status: "failed",
    message: `The emulator ended as it started${last ? `: ${last}` : ""}`,
    hint: `See ${log}.`,
  };
}
