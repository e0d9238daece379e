import { type ChildProcess, fork } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { invariant } from "../diagnostics/invariant.ts";
import type { ProviderSchema } from "../provider/provider-schema.ts";
import type { ProviderOverlay } from "../provider/type-overlay.ts";
import type { Fault } from "./fault.ts";
import type { HostMessage, HostQuestion, QuestionMessage, StartMessage } from "./host-message.ts";
import type { StackAddresses } from "./provider-host.ts";
import { type ReattachConfig, reattachConfigs } from "./reattach-config.ts";
import type { RehearsalCounts } from "./rehearsal-counts.ts";
import { RehearsalError } from "./rehearsal-error.ts";

/** What the process is to serve. */
export interface ServeRequest {
  /** Of each provider the types that are to be served; Terraform's time grows with them. */
  readonly schemas: readonly ProviderSchema[];
  readonly overlays: readonly ProviderOverlay[];
  /** Keeps what was made from run to run; one process at a time. */
  readonly worldFolder: string;
  readonly faults: readonly Fault[];
}

export interface ProviderProcessRequest {
  readonly logFile: string;
  /** The program to run, by default the one beside this code in `dist`. */
  readonly program?: string;
}

export interface RehearsalProvider {
  readonly pid: number;
  /** Opens addresses for the Terraform runs of a stack: what TF_REATTACH_PROVIDERS is to hold as JSON. */
  readonly attach: (stack: string) => Promise<Readonly<Record<string, ReattachConfig>>>;
  /** Closes them, once for each attach. */
  readonly detach: (stack: string) => Promise<void>;
  readonly report: () => Promise<RehearsalCounts>;
  /** Ends the process; if a Terraform is still connected, it ends after that one. */
  readonly stop: () => Promise<void>;
}

const STOP_MS = 5_000;

/** A process that has begun, and is not told yet what to serve. */
export interface BegunProvider {
  /** Throws a RehearsalError where it does not start. */
  readonly serve: (request: ServeRequest) => Promise<RehearsalProvider>;
  /** Ends it; for one that serves there is `stop`. */
  readonly abandon: () => void;
}

/** Starts the process that serves the providers of a rehearsal: it takes a while, and needs nothing at first. */
export function beginRehearsalProvider(request: ProviderProcessRequest): BegunProvider {
  const child = startProcess(request);
  const channel = openChannel(child, request.logFile);
  holdOpen(child, false);
  return {
    async serve({ schemas, overlays, worldFolder, faults }) {
      await channel.start({ kind: "start", schemas, overlays, worldFolder, faults });
      const pid = child.pid;
      invariant(pid !== undefined, "A process that has answered has no id");
      return {
        pid,
        attach: async (stack) =>
          reattachConfigs(pid, (await channel.ask({ kind: "attach", stack })) as StackAddresses),
        detach: async (stack) => void (await channel.ask({ kind: "detach", stack })),
        report: async () => (await channel.ask({ kind: "report" })) as RehearsalCounts,
        stop: () => stopProcess(child, channel),
      };
    },
    abandon: () => child.connected && child.disconnect(),
  };
}

/** Starts the process, and tells it what to serve. Throws a RehearsalError where it does not start. */
export function startRehearsalProvider(
  request: ProviderProcessRequest & ServeRequest,
): Promise<RehearsalProvider> {
  return beginRehearsalProvider(request).serve(request);
}

/** In a group of its own: what a terminal sends to platc is not for it. Its words go to the log. */
function startProcess({ logFile, program }: ProviderProcessRequest): ChildProcess {
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
  const log = openSync(logFile, "a", 0o600);
  try {
    return fork(program ?? providerProgram(), [], {
      detached: true,
      execArgv: [],
      serialization: "advanced",
      stdio: ["ignore", log, log, "ipc"],
    });
  } finally {
    closeSync(log);
  }
}

interface Channel {
  readonly start: (message: StartMessage) => Promise<void>;
  readonly ask: (question: HostQuestion) => Promise<unknown>;
}

interface Waiting {
  readonly done: (answer: unknown) => void;
  readonly fail: (error: Error) => void;
}

/** 0 is the start, which is answered by `ready`. */
function openChannel(child: ChildProcess, logFile: string): Channel {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let ended: RehearsalError | undefined;
  const settle = (number: number, use: (waiting: Waiting) => void): void => {
    const one = waiting.get(number);
    waiting.delete(number);
    if (waiting.size === 0) holdOpen(child, false);
    if (one) use(one);
  };
  const end = (why: string): void => {
    ended ??= new RehearsalError(`The providers of the rehearsal ended: ${why}`, `See ${logFile}.`);
    for (const number of [...waiting.keys()]) settle(number, ({ fail }) => fail(ended!));
  };
  child.on("message", (message: HostMessage) => receive(message, settle));
  child.once("error", (error) => end(error.message));
  child.once("exit", (code, signal) => end(signal ?? `exit code ${code}${lastLine(logFile)}`));
  const send = (number: number, message: StartMessage | QuestionMessage): Promise<unknown> =>
    new Promise((done, fail) => {
      if (ended) return fail(ended);
      waiting.set(number, { done, fail });
      holdOpen(child, true);
      child.send(message, (error) => error && end(error.message));
    });
  return {
    start: async (message) => void (await send(0, message)),
    ask(question) {
      const number = ++last;
      return send(number, { kind: "question", number, question });
    },
  };
}

function receive(
  message: HostMessage,
  settle: (number: number, use: (waiting: Waiting) => void) => void,
): void {
  switch (message.kind) {
    case "ready":
      return settle(0, ({ done }) => done(undefined));
    case "refused":
      return settle(0, ({ fail }) => fail(new RehearsalError(message.message, REFUSED_HINT)));
    case "answer":
      return settle(message.number, ({ done }) => done(message.answer));
    case "failed":
      return settle(message.number, ({ fail }) => fail(new RehearsalError(message.message, FAILED_HINT)));
  }
}

const REFUSED_HINT =
  "Wait until the other rehearsal is over; where its folder is damaged, remove it to rehearse from nothing.";
const FAILED_HINT = "This is a bug in platc, please report it.";

/** Only a question that is open keeps platc alive. */
function holdOpen(child: ChildProcess, isHeld: boolean): void {
  if (isHeld) child.ref();
  else child.unref();
  if (isHeld) child.channel?.ref();
  else child.channel?.unref();
}

async function stopProcess(child: ChildProcess, channel: Channel): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  await channel.ask({ kind: "stop" }).catch(() => undefined);
  if (hasEnded(child)) return;
  child.ref();
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((done) => (timer = setTimeout(done, STOP_MS)));
  await Promise.race([ended, patience]);
  clearTimeout(timer);
  child.unref();
  if (child.connected) child.disconnect();
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function lastLine(logFile: string): string {
  try {
    const line = readFileSync(logFile, "utf8").trim().split("\n").at(-1);
    return line ? ` (${line.slice(0, 200)})` : "";
  } catch {
    // Whoever took the folder away wants no more of it.
    return "";
  }
}

/** In the bundle it lies beside the command; from the sources, the one that was built last is taken. */
function providerProgram(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const found = PROGRAMS.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (found !== undefined) return found;
    invariant(dirname(folder) !== folder, "The program that serves providers is not where platc is");
  }
}

const PROGRAMS = ["provider-main.js", "provider-main.mjs", "dist/provider-main.js"] as const;
