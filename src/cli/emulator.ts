import type { Command } from "commander";
import type { FoundEmulator } from "../targets/find-emulator.ts";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";

interface EmulatorFlags {
  readonly spec?: string;
  readonly json?: boolean;
  readonly port?: string;
}

type Run = (work: () => Promise<ExitCode>) => Promise<void>;

/** `platc emulator`: a local AWS of the project's own to try everything on. */
export function addEmulator(program: Command, run: Run, context: Context): void {
  const emulator = program
    .command("emulator")
    .description("a local AWS to try everything on: start, status, stop, reset")
    .addHelpText(
      "after",
      "\nExamples:\n  platc emulator start\n  platc apply dev --target emulator\n  platc emulator stop\n\nPLATC_EMULATOR_ENDPOINT names another one (LocalStack, moto's server) in place of platc's own.\n",
    );
  const add = (
    name: string,
    description: string,
    act: (flags: EmulatorFlags, context: Context, root: string) => Promise<ExitCode>,
  ): Command =>
    emulator
      .command(name)
      .description(description)
      .option("--json", "print the answer as JSON")
      .action((flags: EmulatorFlags, command: Command) =>
        run(async () => {
          const all = { ...command.optsWithGlobals(), ...flags } as EmulatorFlags;
          return act(all, context, await rootOf(all, context));
        }),
      );
  add("start", "start it, if it does not run", start).option("--port <number>", "a port of your choice");
  add("status", "say whether it runs, and where; exit 1 if it does not", status);
  add("stop", "end it; what was made in it is gone, states in its S3 too; states in files stay", stop);
  add("reset", "empty it, and let it run: gone and staying is the same as with stop", reset);
}

/** The project that a command without a spec is about: the one of the spec, else the current folder. */
export async function rootOf(flags: { readonly spec?: string }, context: Context): Promise<string> {
  const { findSpec } = await import("../disk/find-spec.ts");
  const found = findSpec(context.cwd, flags.spec, context.environment);
  if (!("message" in found)) return found.root;
  if (flags.spec !== undefined) throw new CommandError(found.message, found.hint, EXIT.usage);
  return context.cwd;
}

async function start(flags: EmulatorFlags, context: Context, projectRoot: string): Promise<ExitCode> {
  const { environment } = context;
  const port = portOf(flags.port);
  if (environment["PLATC_EMULATOR_ENDPOINT"]) return status(flags, context, projectRoot);
  const { ignoreWorkFolder } = await import("../disk/ignore-work-folder.ts");
  const { startEmulator } = await import("../targets/start-emulator.ts");
  ignoreWorkFolder(projectRoot);
  const tell = (message: string): void => void context.stderr.write(`${message}\n`);
  const result = await startEmulator({ environment, projectRoot, tell, ...(port !== undefined && { port }) });
  if (result.status === "failed") throw new CommandError(result.message, result.hint);
  const { record, version, wasRunning } = result;
  const { endpoint, pid, startedAt } = record;
  if (flags.json) {
    const answer = { running: true, endpoint, version, origin: "own", pid, startedAt, wasRunning };
    context.stdout.write(`${JSON.stringify(answer)}\n`);
    return EXIT.ok;
  }
  const what = wasRunning ? "runs already" : "runs";
  context.stdout.write(`the emulator ${what} at ${endpoint} (${version}, process ${pid})\n`);
  return EXIT.ok;
}

async function status(flags: EmulatorFlags, context: Context, projectRoot: string): Promise<ExitCode> {
  const found = await findOrRefuse(context, projectRoot);
  if (flags.json) {
    const { status: _status, ...rest } = found ?? { status: "none" };
    context.stdout.write(`${JSON.stringify({ running: found !== undefined, ...rest })}\n`);
  } else if (found) {
    const own = found.pid === undefined ? "named by PLATC_EMULATOR_ENDPOINT" : `process ${found.pid}`;
    const since = found.startedAt === undefined ? "" : `, since ${found.startedAt}`;
    context.stdout.write(`the emulator runs at ${found.endpoint} (${found.version}, ${own}${since})\n`);
  } else {
    context.stdout.write("the emulator does not run; 'platc emulator start' starts it\n");
  }
  return found ? EXIT.ok : EXIT.failed;
}

async function stop(flags: EmulatorFlags, context: Context, projectRoot: string): Promise<ExitCode> {
  const { stopEmulator } = await import("../targets/stop-emulator.ts");
  const result = await stopEmulator(projectRoot);
  if (result.status === "failed") throw new CommandError(result.message, result.hint);
  const wasRunning = result.status === "stopped";
  const left = await leftOf(flags, context);
  if (flags.json)
    context.stdout.write(`${JSON.stringify({ running: false, wasRunning, leftStates: left })}\n`);
  else if (!wasRunning) context.stdout.write("the emulator does not run\n");
  else
    context.stdout.write(
      `the emulator has ended${result.wasKilled ? "; it had to be killed" : ""}, and what was made in it is gone\n${leftSentence(left)}`,
    );
  return EXIT.ok;
}

async function reset(flags: EmulatorFlags, context: Context, projectRoot: string): Promise<ExitCode> {
  const found = await findOrRefuse(context, projectRoot);
  if (!found)
    throw new CommandError("the emulator does not run", "a new one is empty: 'platc emulator start'");
  const { resetEmulator } = await import("../targets/reset-emulator.ts");
  const result = await resetEmulator(found.endpoint);
  if (result.status === "failed") throw new CommandError(result.message, result.hint);
  const left = await leftOf(flags, context);
  if (flags.json)
    context.stdout.write(`${JSON.stringify({ running: true, reset: true, leftStates: left })}\n`);
  else
    context.stdout.write(
      `the emulator at ${found.endpoint} is empty: what was made in it is gone\n${leftSentence(left)}`,
    );
  return EXIT.ok;
}

async function leftOf(flags: EmulatorFlags, context: Context): Promise<readonly string[]> {
  const { leftStates } = await import("./left-states.ts");
  return leftStates(context, flags.spec);
}

/** States in the emulator's own S3 are gone with it; those in files still name what was made. */
function leftSentence(left: readonly string[]): string {
  if (left.length === 0) return "";
  const names = left.map((address) => `'${address}'`).join(", ");
  return `the states of ${names} lie in files, and stay: an apply with --refresh sees what is gone, and makes it anew\n`;
}

async function findOrRefuse(context: Context, projectRoot: string): Promise<FoundEmulator | undefined> {
  const { findEmulator } = await import("../targets/find-emulator.ts");
  const found = await findEmulator(projectRoot, context.environment);
  if (found?.status === "failed") throw new CommandError(found.message, found.hint);
  return found;
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new CommandError(`'${text}' is no port`, "--port takes a number from 1 to 65535", EXIT.usage);
}
