import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TerraformCommand } from "./commands.ts";
import type { TerraformEvent } from "./events.ts";
import { followFile } from "./follow-file.ts";
import { lineReader } from "./line-reader.ts";
import { parseEvent } from "./parse-event.ts";
import { writeProcessRecord } from "./process-record.ts";

export interface TerraformRun {
  readonly binary: string;
  readonly command: TerraformCommand;
  /** The root module. */
  readonly folder: string;
  /** Where the process starts, if not in the root module: the root is then named by `-chdir`. */
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string>>;
  /** Gets `<command>.stdout`, `<command>.stderr` and `<command>.process.json`; made private to the user. */
  readonly logFolder: string;
  /** When it aborts, Terraform is interrupted, and finishes its step. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: TerraformEvent) => void;
}

export interface TerraformResult {
  readonly command: TerraformCommand;
  readonly folder: string;
  /** Null where a signal ended it, or where it could not be started (`startError`). */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly startError?: string;
  readonly wasInterrupted: boolean;
  /** Of a command that writes events; else empty. */
  readonly events: readonly TerraformEvent[];
  /** Of a command that writes no events; else empty. */
  readonly stdoutText: string;
  readonly stderrText: string;
  readonly startedAt: Date;
  readonly durations: { readonly total: number; readonly firstOutput?: number };
  readonly logFolder: string;
}

export interface RunningTerraform {
  readonly pid: number | undefined;
  /** The seconds that it took, before what it wrote is read. */
  readonly ended: Promise<number>;
  readonly finished: Promise<TerraformResult>;
  /** Asks once to finish the step, save the state and release the lock; a second SIGINT would lose them. */
  interrupt(): void;
  /** Ends it and its providers at once: its lock stays, and what it was making is in no state. */
  kill(): void;
}

/** Runs Terraform to its end; what fails is in the result, not thrown. */
export function runTerraform(run: TerraformRun): Promise<TerraformResult> {
  return startTerraform(run).finished;
}

/**
 * Starts Terraform in a session of its own, so that Ctrl-C reaches it only through `interrupt`, and with files for
 * stdout and stderr, so that it goes on to save its state when platc is killed. It is node's own `spawn`: execa is
 * made for pipes, ends its children with the parent, and takes 0.1 s to load.
 */
export function startTerraform(run: TerraformRun): RunningTerraform {
  return run.signal?.aborted ? notStarted(run) : startProcess(run);
}

/** What was interrupted before it began is not begun. */
function notStarted({ command, folder, logFolder }: TerraformRun): RunningTerraform {
  const end = { exitCode: null, signal: null, wasInterrupted: true };
  const nothing = { events: [], stdoutText: "", stderrText: "", durations: { total: 0 } };
  const result = { command, folder, logFolder, startedAt: new Date(), ...end, ...nothing };
  return {
    pid: undefined,
    ended: Promise.resolve(0),
    finished: Promise.resolve(result),
    interrupt: () => undefined,
    kill: () => undefined,
  };
}

function startProcess(run: TerraformRun): RunningTerraform {
  const files = logFiles(run);
  const events: TerraformEvent[] = [];
  const startedAt = new Date();
  const clock = performance.now();
  let firstOutput: number | undefined;
  const child = spawnIntoFiles(run, files);
  const lines = lineReader((line) => {
    const event = parseEvent(line);
    events.push(event);
    run.onEvent?.(event);
  });
  const followed = followFile(files.stdout, (bytes) => {
    firstOutput ??= performance.now() - clock;
    if (run.command.output === "events") lines.push(bytes);
  });
  let wasInterrupted = false;
  const interrupt = (): void => {
    if (wasInterrupted || hasEnded(child)) return;
    wasInterrupted = true;
    child.kill("SIGINT");
  };
  run.signal?.addEventListener("abort", interrupt, { once: true });

  const over = ended(child).then((end) => ({ end, total: performance.now() - clock }));
  const finished = over.then(({ end, total }): TerraformResult => {
    run.signal?.removeEventListener("abort", interrupt);
    followed.stop();
    lines.end();
    return {
      command: run.command,
      folder: run.folder,
      ...end,
      wasInterrupted,
      events,
      stdoutText: run.command.output === "events" ? "" : readFileSync(files.stdout, "utf8"),
      stderrText: readFileSync(files.stderr, "utf8"),
      startedAt,
      durations: {
        total,
        ...(firstOutput === undefined ? {} : { firstOutput }),
      },
      logFolder: run.logFolder,
    };
  });
  return {
    pid: child.pid,
    ended: over.then(({ total }) => total / 1000),
    finished: finished.finally(() => tidy(run, files)),
    interrupt,
    kill: () => killGroup(child),
  };
}

interface LogFiles {
  readonly stdout: string;
  readonly stderr: string;
  readonly process: string;
}

function logFiles({ logFolder, command }: TerraformRun): LogFiles {
  mkdirSync(logFolder, { recursive: true, mode: 0o700 });
  const path = (ending: string): string => join(logFolder, `${command.name}.${ending}`);
  return { stdout: path("stdout"), stderr: path("stderr"), process: path("process.json") };
}

function spawnIntoFiles(run: TerraformRun, files: LogFiles): ChildProcess {
  const cwd = run.cwd ?? run.folder;
  const chdir = run.cwd === undefined ? [] : [`-chdir=${run.folder}`];
  const stdout = openSync(files.stdout, "w", 0o600);
  const stderr = openSync(files.stderr, "w", 0o600);
  try {
    const child = spawn(run.binary, [...chdir, ...run.command.arguments], {
      cwd,
      env: { ...run.env },
      detached: true,
      windowsHide: true,
      stdio: ["ignore", stdout, stderr],
    });
    if (child.pid !== undefined) writeProcessRecord(files.process, child.pid, run);
    return child;
  } finally {
    closeSync(stdout);
    closeSync(stderr);
  }
}

/** `exit`, not `close`: what a provisioner leaves running does not hold the run up. */
function ended(child: ChildProcess): Promise<Pick<TerraformResult, "exitCode" | "signal" | "startError">> {
  return new Promise((done) => {
    child.on("error", (error) => done({ exitCode: null, signal: null, startError: error.message }));
    child.once("exit", (exitCode, signal) => done({ exitCode, signal }));
  });
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || hasEnded(child)) return;
  try {
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The process record outlives only a platc that was killed; a result holds secrets in the clear. */
function tidy({ command }: TerraformRun, files: LogFiles): void {
  rmSync(files.process, { force: true });
  if (command.output === "result") rmSync(files.stdout, { force: true });
}
