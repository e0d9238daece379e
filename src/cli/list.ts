import type { Command } from "commander";
import type { Context } from "./context.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { SELECTOR_HELP } from "./selector-help.ts";

export interface ListFlags {
  readonly spec?: string;
  readonly json?: boolean;
  readonly paths?: boolean;
  readonly base?: string;
}

/** `platc list`: the stacks of the platform. */
export function addList(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  program
    .command("list")
    .description("list the stacks of the platform, with stage, modules and where their states lie")
    .argument("[selectors...]", "which stacks; all if left out")
    .option("--json", "print them as a JSON array")
    .option("--paths", "print nothing but their folders in out/, one a line")
    .option("--base <revision>", "the git revision that the selector 'affected' compares with")
    .addHelpText(
      "after",
      `${SELECTOR_HELP}
Examples:
  platc list
  platc list dev stage:deploy
  platc list 'customer:acme' '!prod'
  platc list dev/storage/raw...            what depends on it
  platc list affected --base origin/main   what differs from main, and what depends on it
  platc list --paths dev | xargs -n1 tflint --chdir
`,
    )
    .action((selectors: readonly string[], flags: ListFlags, command: Command) =>
      run(() => listCommand(selectors, { ...command.optsWithGlobals(), ...flags }, context)),
    );
}

async function listCommand(
  selectors: readonly string[],
  flags: ListFlags,
  context: Context,
): Promise<ExitCode> {
  const { analyseProject, openProject } = await import("./load-platform.ts");
  const { chooseStacks } = await import("./choose-stacks.ts");
  const { listStacks, renderList } = await import("../reports/list-stacks.ts");
  const { paintFor } = await import("./paint.ts");
  const project = openProject(context, flags.spec);
  const { platform } = await analyseProject(context, project);
  const affected =
    flags.base === undefined
      ? undefined
      : await (await import("./affected-since.ts")).affectedAddresses(context, project, flags.base);
  const listed = listStacks(platform, chooseStacks(platform, selectors, affected && { affected }));
  if (flags.json) context.stdout.write(`${JSON.stringify(listed, null, 2)}\n`);
  else if (flags.paths) context.stdout.write(listed.map((one) => `${one.folder}\n`).join(""));
  else context.stdout.write(renderList(listed, paintFor(context, context.stdout)));
  return EXIT.ok;
}
