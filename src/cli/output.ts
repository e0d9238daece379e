import type { Command } from "commander";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";

const WHERE = { cloud: "in the cloud", emulator: "on the emulator", rehearsal: "in a rehearsal" } as const;

interface OutputFlags {
  readonly spec?: string;
  readonly target?: string;
  readonly json?: boolean;
  readonly showSensitive?: boolean;
}

/** `platc output`: the outputs of an applied stack, read from its state; no Terraform is started. */
export function addOutput(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  program
    .command("output")
    .argument("<address>", "address of a stack")
    .argument("[name]", "one output; its text is then printed as it is")
    .description("print the outputs of an applied stack")
    .option("--target <target>", "where it is applied: cloud, emulator or rehearsal")
    .option("--show-sensitive", "print sensitive values too")
    .option("--json", "print as JSON, as 'terraform output -json' does")
    .addHelpText(
      "after",
      "\nWhat holds the value of a sensitive variable that is given as TF_VAR_NAME is sensitive too.\n" +
        "\nExamples:\n  platc output dev/storage/s3\n  platc output dev/storage/s3 raw_bucket --target emulator\n",
    )
    .action((address: string, name: string | undefined, _flags: OutputFlags, command: Command) =>
      run(() => outputCommand(address, name, command.optsWithGlobals(), context)),
    );
}

async function outputCommand(
  address: string,
  name: string | undefined,
  flags: OutputFlags,
  context: Context,
): Promise<ExitCode> {
  const { openLedgers } = await import("./open-ledgers.ts");
  const { stackAt } = await import("./stack-at.ts");
  const { suggest } = await import("../diagnostics/suggest.ts");
  const { readState } = await import("../stores/state-file.ts");
  const { stateLocation } = await import("../stores/state-location.ts");
  const { backendOf } = await import("../run/backend-of.ts");
  const { mergeValue } = await import("../plans/merge-value.ts");
  const { toPlainJson } = await import("../plans/to-plain-json.ts");
  const { holdsSecret, secretTest } = await import("../run/secret-test.ts");
  const { secretTexts } = await import("../run/secret-texts.ts");
  const { kind, platform, storeOf } = await openLedgers(context, flags);
  const stack = stackAt(platform, address);
  const { objectKey } = stateLocation(backendOf(stack), stack.state.key);
  if (objectKey === null)
    throw new CommandError(
      `platc cannot read states of the '${stack.state.backend}' backend`,
      `'${platform.spec.command ?? "terraform"} output' in 'out/${platform.spec.name}/${address}' does`,
    );
  const state = await readState(await storeOf(stack), objectKey);
  if (!state)
    throw new CommandError(
      `'${address}' is not applied ${WHERE[kind]}`,
      `apply it there first, or name by --target where it is applied: ${others(kind)}`,
    );
  const shown = [...state.outputs]
    .filter(([output]) => name === undefined || output === name)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  if (name !== undefined && shown.length === 0) {
    const near = suggest(name, state.outputs.keys());
    throw new CommandError(
      `'${address}' has no output '${name}'`,
      near ? `did you mean '${near}'?` : `its outputs are ${[...state.outputs.keys()].join(", ")}`,
      EXIT.usage,
    );
  }
  const isSecret = secretTest({
    spec: platform.spec,
    variable: (variable) => context.environment[`TF_VAR_${variable}`],
    stored: secretTexts([...state.outputs.values()].map(mergeValue)),
  });
  const isSensitive = (output: (typeof shown)[number][1]): boolean =>
    holdsSecret(mergeValue(output), isSecret);
  const valueOf = (output: (typeof shown)[number][1]): unknown =>
    !flags.showSensitive && name === undefined && isSensitive(output)
      ? "(sensitive)"
      : toPlainJson(output.value);
  if (flags.json) {
    const all = Object.fromEntries(
      shown.map(([output, one]) => [
        output,
        { sensitive: isSensitive(one), type: toPlainJson(one.type), value: valueOf(one) },
      ]),
    );
    context.stdout.write(`${JSON.stringify(name === undefined ? all : valueOf(shown[0]![1]), null, 2)}\n`);
  } else if (name !== undefined) {
    const value = valueOf(shown[0]![1]);
    context.stdout.write(`${typeof value === "string" ? value : JSON.stringify(value)}\n`);
  } else {
    const width = Math.max(0, ...shown.map(([output]) => output.length));
    for (const [output, one] of shown)
      context.stdout.write(`${output.padEnd(width)} = ${JSON.stringify(valueOf(one))}\n`);
  }
  return EXIT.ok;
}

function others(kind: keyof typeof WHERE): string {
  return Object.keys(WHERE)
    .filter((other) => other !== kind)
    .join(" or ");
}
