import { type Command, Option } from "commander";
import type { Context } from "./context.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { SELECTOR_HELP } from "./selector-help.ts";

type GraphFormat = "text" | "mermaid" | "json" | "dot";

export interface GraphFlags {
  readonly spec?: string;
  readonly format: GraphFormat;
  readonly json?: boolean;
  readonly base?: string;
}

/** `platc graph`: what comes before what. */
export function addGraph(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  program
    .command("graph")
    .description("show in which waves stacks are run, and what depends on what")
    .argument("[selectors...]", "which stacks; all if left out; order through those left out is kept")
    .addOption(
      new Option("--format <format>", "how to show it")
        .choices(["text", "mermaid", "json", "dot"])
        .default("text"),
    )
    .option("--json", "the same as --format json")
    .option("--base <revision>", "the git revision that the selector 'affected' compares with")
    .addHelpText(
      "after",
      `${SELECTOR_HELP}
Examples:
  platc graph dev
  platc graph ...dev/acme/superset                       what it needs, near and far
  platc graph dev --format mermaid > docs/dev.mmd
  platc graph --format dot | dot -Tsvg > graph.svg
`,
    )
    .action((selectors: readonly string[], flags: GraphFlags, command: Command) =>
      run(() => graphCommand(selectors, { ...command.optsWithGlobals(), ...flags }, context)),
    );
}

async function graphCommand(
  selectors: readonly string[],
  flags: GraphFlags,
  context: Context,
): Promise<ExitCode> {
  const { analyseProject, openProject } = await import("./load-platform.ts");
  const { chooseStacks } = await import("./choose-stacks.ts");
  const { stackGraph } = await import("../generate/stack-graph.ts");
  const { drawDot, drawMermaid, drawText } = await import("../generate/draw-graph.ts");
  const project = openProject(context, flags.spec);
  const { platform } = await analyseProject(context, project);
  const affected =
    flags.base === undefined
      ? undefined
      : await (await import("./affected-since.ts")).affectedAddresses(context, project, flags.base);
  const chosen = chooseStacks(platform, selectors, affected && { affected });
  const stacks = stackGraph(platform, new Set(chosen.map((stack) => stack.address)));
  const draw = {
    text: drawText,
    mermaid: drawMermaid,
    dot: drawDot,
    json: () => `${JSON.stringify(stacks, null, 2)}\n`,
  };
  context.stdout.write(draw[flags.json ? "json" : flags.format](stacks));
  return EXIT.ok;
}
