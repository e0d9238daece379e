import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

export interface ProgramRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** When it aborts, the program and all that it started are ended. */
  readonly signal: AbortSignal;
}

export interface ProgramEnd {
  /** Null where a signal ended it or it was not started. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly wasStopped: boolean;
  readonly startError?: string;
  /** The last of stdout and stderr, in the order in which they came. */
  readonly output: string;
}

const KEPT_BYTES = 1024 * 1024;
const GRACE_MILLISECONDS = 2000;
const DRAIN_MILLISECONDS = 300;

/** Runs a program in a process group of its own: SIGTERM to the group when it is told to end, SIGKILL 2 s later. */
export async function runProgram({ program, args, folder, env, signal }: ProgramRun): Promise<ProgramEnd> {
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...env },
    detached: true,
    windowsHide: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = keepEnd(child);
  let wasStopped = false;
  let killLater: NodeJS.Timeout | undefined;
  const killNow = () => signalGroup(child, "SIGKILL");
  const stop = () => {
    wasStopped = true;
    signalGroup(child, "SIGTERM");
    killLater = setTimeout(killNow, GRACE_MILLISECONDS);
  };
  process.once("exit", killNow);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const end = await ended(child);
    return { ...end, wasStopped, output: output() };
  } finally {
    process.off("exit", killNow);
    signal.removeEventListener("abort", stop);
    clearTimeout(killLater);
    if (wasStopped) killNow();
  }
}

/** `exit`, and `close` only for a moment: what the program leaves running may hold its pipes open for ever. */
function ended(child: ChildProcess): Promise<Pick<ProgramEnd, "exitCode" | "signal" | "startError">> {
  return new Promise((done) => {
    const closed = new Promise((resolve) => child.once("close", resolve));
    child.once("error", (error) => done({ exitCode: null, signal: null, startError: explain(error) }));
    child.once("exit", async (exitCode, signal) => {
      await Promise.race([closed, sleep(DRAIN_MILLISECONDS)]);
      child.stdout?.destroy();
      child.stderr?.destroy();
      done({ exitCode, signal });
    });
  });
}

function explain(error: NodeJS.ErrnoException): string {
  if (error.code === "ENOENT") return "there is no such program";
  return error.code === "EACCES" ? "it may not be executed" : error.message;
}

function keepEnd(child: ChildProcess): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  const keep = (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    while (chunks[0] !== undefined && size - chunks[0].length > KEPT_BYTES) size -= chunks.shift()!.length;
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  return () => Buffer.concat(chunks).toString("utf8");
}

function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(name);
    else process.kill(-child.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
