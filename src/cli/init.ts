import type { Command } from "commander";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { InitFlags } from "./init-project.ts";

/** `platc init`: a new project from a template. */
export function addInit(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  program
    .command("init")
    .description("begin a project from a template: spec, code, out/, workflow, editor settings, README")
    .argument("[folder]", "where it is written; the current folder if left out")
    .option("--template <name>", "the template; asked for on a terminal if left out")
    .option("--name <name>", "the platform's name; asked for on a terminal, else that of the folder")
    .option("--list", "list the templates; write nothing")
    .option("--json", "print what was done as JSON")
    .addHelpText(
      "after",
      `
Global names begin with the name of the platform: take one that nobody else has. What it writes can be rehearsed at once,
without an account; the README that it writes goes on from there.

A file that is there and would become another one is never touched: they are listed, and nothing is written.
package.json, .gitignore, .gitattributes and the settings of VS Code are added to.

Examples:
  platc init                                    asks
  platc init --list
  platc init shop --template d2b                in a new folder 'shop', with that name
  platc init --template empty --name shop       in the current folder
`,
    )
    .action((folder: string | undefined, _flags: InitFlags, command: Command) =>
      run(async () =>
        (await import("./init-project.ts")).initCommand(
          folder ?? ".",
          command.optsWithGlobals<InitFlags>(),
          context,
        ),
      ),
    );
}
