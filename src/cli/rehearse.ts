import type { Command } from "commander";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { RehearseFlags } from "./rehearse-command.ts";
import { addShownPlanOptions, addStalenessOptions, addWorkOptions } from "./run-options.ts";

/** `platc rehearse`: what a change does to what is applied, applied and destroyed by real Terraform, in no cloud. */
export function addRehearse(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  addShownPlanOptions(
    addStalenessOptions(
      addWorkOptions(
        program
          .command("rehearse")
          .usage("<environments...> [options]")
          .argument("[environments...]", "environments, with all that they read from in others")
          .option("--base <revision>", "the git revision that is applied first; nothing is, if left out"),
      ),
    ),
  )
    .description("apply a git revision, then the working tree on top, then destroy it all, in no cloud")
    .addHelpText(
      "after",
      `
Real Terraform applies, changes and destroys, against platc's own provider process: no account, no state of yours and no
rehearsal of 'apply --target rehearsal' is touched. The report tells of the change alone: what it makes, changes,
replaces and destroys of what the revision had applied, with stacks and environments that have left the spec. It fails where
something cannot be applied, or not be destroyed at the end. What it proves: src/rehearsal/README.md.

Examples:
  platc rehearse dev --base origin/main
  platc rehearse dev --base "$(git merge-base origin/main HEAD)" --markdown report.md --junit report.xml
  platc rehearse dev prod                     from nothing
`,
    )
    .action((environments: string[], _flags: RehearseFlags, command: Command) =>
      run(async () =>
        (await import("./rehearse-command.ts")).rehearseCommand(
          environments,
          command.optsWithGlobals<RehearseFlags>(),
          context,
        ),
      ),
    );
}
