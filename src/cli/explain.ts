import type { Command } from "commander";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";

export interface ExplainFlags {
  readonly spec?: string;
  readonly json?: boolean;
}

/** `platc explain`: which line of the spec a value comes from. */
export function addExplain(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  program
    .command("explain")
    .description(
      "say where the values of a stack come from: which layer of the spec says them, and what it beat",
    )
    .argument("<address>", "the stack")
    .argument("[path]", "a value, or a part that holds several; the whole stack if left out")
    .option("--json", "print the values and their layers as JSON, lowest layer first")
    .addHelpText(
      "after",
      `
Layers, lowest first: default of the module, platform, stack, environment, customer, customer in environment. What is
or may be a secret is hidden; values that only Terraform knows stand in angle brackets.

Examples:
  platc explain dev/acme/superset
  platc explain dev/acme/superset inputs.host
  platc explain dev/storage/raw state.config.bucket
  platc explain dev/storage/raw vars.region
  platc explain prod/storage/raw inputs      with the module's defaults
`,
    )
    .action((address: string, path: string | undefined, flags: ExplainFlags, command: Command) =>
      run(() => explainCommand(address, path, { ...command.optsWithGlobals(), ...flags }, context)),
    );
}

async function explainCommand(
  address: string,
  path: string | undefined,
  flags: ExplainFlags,
  context: Context,
): Promise<ExitCode> {
  const { analyseProject, openProject } = await import("./load-platform.ts");
  const { chooseStacks } = await import("./choose-stacks.ts");
  const { explainStack } = await import("../stacks/explain-stack.ts");
  const { explanationToJson, renderExplanation } = await import("../reports/render-explanation.ts");
  const { paintFor } = await import("./paint.ts");
  const { platform } = await analyseProject(context, openProject(context, flags.spec));
  const [stack, second] = chooseStacks(platform, [address]);
  if (!stack)
    throw new CommandError(`'${address}' selects no stack`, "'platc list' shows every address", EXIT.usage);
  if (second) {
    throw new CommandError(
      `'${address}' is several stacks`,
      `name one of them, such as '${stack.address}'`,
      EXIT.usage,
    );
  }
  const explanation = explainStack(platform, stack, path);
  if (explanation.status === "bad") throw new CommandError(explanation.message, explanation.hint, EXIT.usage);
  if (flags.json) {
    context.stdout.write(
      `${JSON.stringify({ address: stack.address, values: explanationToJson(explanation) }, null, 2)}\n`,
    );
  } else context.stdout.write(renderExplanation(stack, explanation, paintFor(context, context.stdout)));
  return EXIT.ok;
}
