import { Command, CommanderError } from "commander";
import { LedgerError } from "../ledger/ledger-error.ts";
import { StoreError, UnsupportedStoreError } from "../stores/store-error.ts";
import { addApply } from "./apply.ts";
import { addApprove } from "./approve.ts";
import { addBootstrap } from "./bootstrap.ts";
import { addTest } from "./test.ts";
import { addPromote } from "./promote.ts";
import { addOutput } from "./output.ts";
import { addQuality } from "./quality.ts";
import { addState } from "./state.ts";
import { addDestroy } from "./destroy.ts";
import { addPlan } from "./plan.ts";
import { addAffected } from "./affected.ts";
import { addCheck } from "./check.ts";
import { addCi } from "./ci.ts";
import { addCompletion } from "./completion.ts";
import { addCompile } from "./compile.ts";
import { addGenerate } from "./generate.ts";
import { addGraph } from "./graph.ts";
import { addSchema } from "./schema.ts";
import { addExplain } from "./explain.ts";
import { addFmt } from "./fmt.ts";
import { addInit } from "./init.ts";
import type { Context } from "./context.ts";
import { addDoctor } from "./doctor.ts";
import { addDrift } from "./drift.ts";
import { addEmulator } from "./emulator.ts";
import { addRehearsal } from "./rehearsal.ts";
import { addRehearse } from "./rehearse.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";
import { addList } from "./list.ts";
import { addLock } from "./lock.ts";
import { withOldHabit } from "./old-habits.ts";
import { UNUSABLE_BACKEND_HINT } from "./unusable-backends.ts";

/** Reads arguments, runs one command, and says how it ended. */
export async function runCommandLine(args: readonly string[], context: Context): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const program = buildProgram(context, async (work) => {
    exitCode = await work();
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof CommandError) return tell(error, context);
    if (isOfStore(error)) return tell(new CommandError(error.message, hintOf(error)), context);
    throw error;
  }
}

/** Every command with its options and help; `run` is handed the work of the one that was typed. */
export function buildProgram(
  context: Context,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
): Command {
  const program = new Command("platc")
    .description("One platform spec to Terraform: compile, plan, apply and test it in order.")
    .version("0.1.0")
    .option("--spec <file>", "the platform spec")
    .configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      writeErr: (text) => void context.stderr.write(text),
      outputError: (text, write) => write(withOldHabit(text)),
    })
    .exitOverride()
    .showHelpAfterError("(platc --help lists the commands)");
  addInit(program, run, context);
  addCompile(program, run, context);
  addPlan(program, run, context);
  addApply(program, run, context);
  addDrift(program, run, context);
  addDestroy(program, run, context);
  addState(program, run, context);
  addOutput(program, run, context);
  addQuality(program, run, context);
  addTest(program, run, context);
  addBootstrap(program, run, context);
  addApprove(program, run, context);
  addPromote(program, run, context);
  addList(program, run, context);
  addFmt(program, run, context);
  addExplain(program, run, context);
  addSchema(program, run, context);
  addGraph(program, run, context);
  addGenerate(program, run, context);
  addCheck(program, run, context);
  addAffected(program, run, context);
  addCi(program, run, context);
  addLock(program, run, context);
  addEmulator(program, run, context);
  addRehearse(program, run, context);
  addRehearsal(program, run, context);
  addDoctor(program, run, context);
  addCompletion(program, run, context);
  for (const command of program.commands) command.exitOverride();
  return program;
}

/** What a store or the ledger says is for people; it is no mistake of ours. */
function isOfStore(error: unknown): error is Error {
  return (
    error instanceof StoreError || error instanceof UnsupportedStoreError || error instanceof LedgerError
  );
}

function hintOf(error: Error): string | undefined {
  if (error instanceof LedgerError) return error.hint;
  if (error instanceof UnsupportedStoreError) return UNUSABLE_BACKEND_HINT;
  if (!error.message.includes("no credentials")) return undefined;
  return "'platc doctor' says which are seen and how to get them; the emulator and a rehearsal need none: --target emulator, --target rehearsal";
}

function tell(error: CommandError, context: Context): ExitCode {
  if ("rendered" in error) context.stderr.write(`${String(error.rendered)}\n`);
  context.stderr.write(`platc: ${error.message}\n`);
  if (error.hint !== undefined) context.stderr.write(`  ${error.hint}\n`);
  return error.exitCode;
}
