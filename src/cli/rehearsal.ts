import type { Command } from "commander";
import type { Context } from "./context.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { rootOf } from "./emulator.ts";

interface RehearsalFlags {
  readonly spec?: string;
  readonly json?: boolean;
}

type Run = (work: () => Promise<ExitCode>) => Promise<void>;

/** `platc rehearsal`: what was rehearsed on this machine. */
export function addRehearsal(program: Command, run: Run, context: Context): void {
  const rehearsal = program
    .command("rehearsal")
    .description("what was applied with --target rehearsal: reset")
    .addHelpText(
      "after",
      "\nExamples:\n  platc apply dev --target rehearsal --auto-approve\n  platc rehearsal reset\n",
    );
  rehearsal
    .command("reset")
    .description("forget all that was rehearsed in this project")
    .option("--json", "print the answer as JSON")
    .action((flags: RehearsalFlags, command: Command) =>
      run(() => reset({ ...command.optsWithGlobals(), ...flags }, context)),
    );
}

async function reset(flags: RehearsalFlags, context: Context): Promise<ExitCode> {
  const { resetRehearsals } = await import("../rehearsal/reset-rehearsal.ts");
  const count = await resetRehearsals(await rootOf(flags, context));
  if (flags.json) context.stdout.write(`${JSON.stringify({ reset: count > 0 })}\n`);
  else
    context.stdout.write(
      count === 0 ? "nothing was rehearsed here\n" : "all that was rehearsed is forgotten\n",
    );
  return EXIT.ok;
}
