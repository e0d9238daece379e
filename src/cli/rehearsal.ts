import type { Command } from "commander";
import type { Context } from "./context.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { rootOf } from "./emulator.ts";

interface RehearsalFlags {
  readonly spec?: string;
  readonly json?: boolean;
  readonly package?: string;
}

type Run = (work: () => Promise<ExitCode>) => Promise<void>;

/** `platc rehearsal`: what a rehearsal of this machine rests on, and what was rehearsed. */
export function addRehearsal(program: Command, run: Run, context: Context): void {
  const rehearsal = program
    .command("rehearsal")
    .description("what --target rehearsal goes by, and what was applied with it: schemas, pack, reset")
    .addHelpText(
      "after",
      "\nExamples:\n  platc apply dev --target rehearsal --auto-approve\n  platc rehearsal schemas\n  platc rehearsal pack\n  platc rehearsal reset\n",
    );
  rehearsal
    .command("schemas")
    .description(
      "list the providers of the platform, where their schemas come from, and what is missing; exit 1 if something is",
    )
    .option("--json", "print them as JSON")
    .addHelpText("after", "\nExamples:\n  platc rehearsal schemas\n  platc rehearsal schemas --json\n")
    .action((flags: RehearsalFlags, command: Command) =>
      run(async () => {
        const { rehearsalSchemas } = await import("./rehearsal-schemas.ts");
        return rehearsalSchemas({ ...command.optsWithGlobals(), ...flags }, context);
      }),
    );
  rehearsal
    .command("pack")
    .description("make the schema packs that the platform needs and nobody has, from packages on npm")
    .argument("[providers...]", "which, such as hashicorp/azurerm; all that lack something if left out")
    .option("--package <package>", "of one provider: another package, with its release or without")
    .option("--json", "print what was done as JSON")
    .addHelpText("after", PACK_HELP)
    .action((providers: readonly string[], flags: RehearsalFlags, command: Command) =>
      run(async () => {
        const { rehearsalPack } = await import("./rehearsal-pack.ts");
        return rehearsalPack(providers, { ...command.optsWithGlobals(), ...flags }, context);
      }),
    );
  rehearsal
    .command("reset")
    .description("forget all that was rehearsed in this project")
    .option("--json", "print the answer as JSON")
    .addHelpText("after", "\nExample:\n  platc rehearsal reset\n")
    .action((flags: RehearsalFlags, command: Command) =>
      run(() => reset({ ...command.optsWithGlobals(), ...flags }, context)),
    );
}

const PACK_HELP = `
The types are those that any stack of the platform uses and that neither an installed provider nor a pack has. They are
read from the package on npm (@cdktf/provider-NAME or @cdktn/provider-NAME) whose release stands for the version that
the platform is locked to, else the newest that its constraints allow. They are added to schema/providers of the
project, which belongs in git, and are used beside the packs that platc has. A provider that is named is packed though
it is installed here: other machines, as those of CI, may lack it.

Examples:
  platc rehearsal pack
  platc rehearsal pack hashicorp/azurerm
  platc rehearsal pack hashicorp/random --package @cdktn/provider-random@15.0.1
`;

async function reset(flags: RehearsalFlags, context: Context): Promise<ExitCode> {
  const { resetRehearsals } = await import("../rehearsal/reset-rehearsal.ts");
  const { waitingFor } = await import("../rehearsal/waiting-for.ts");
  const count = await resetRehearsals(await rootOf(flags, context), (holder, seconds) =>
    context.stderr.write(`platc: ${waitingFor(holder, seconds)}\n`),
  );
  if (flags.json) context.stdout.write(`${JSON.stringify({ reset: count > 0 })}\n`);
  else
    context.stdout.write(
      count === 0 ? "nothing was rehearsed here\n" : "all that was rehearsed is forgotten\n",
    );
  return EXIT.ok;
}
