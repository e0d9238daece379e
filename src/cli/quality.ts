import type { Command } from "commander";
import type { QualityEntry } from "../ledger/quality-entry.ts";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";
import { SELECTOR_HELP } from "./selector-help.ts";

interface QualityFlags {
  readonly spec?: string;
  readonly target?: string;
  readonly json?: boolean;
  readonly last: string;
}

/** `platc quality`: what checks of data have found, run by run. */
export function addQuality(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  program
    .command("quality")
    .description("what checks of data have found over time: history")
    .command("history")
    .description(
      "show each run of the checks of data: rows, verdicts, what did not hold; no values from the data",
    )
    .argument("[selectors...]", "which stacks; all if left out")
    .option("--target <target>", "where: cloud or emulator")
    .option("--last <count>", "how many runs of each stack, newest last", "10")
    .option("--json", "print the runs as a JSON array")
    .addHelpText(
      "after",
      `${SELECTOR_HELP}
'platc test' and 'platc apply' run the checks; their results lie beside the states, the newest 400 runs of each stack.

Examples:
  platc quality history
  platc quality history dev/data --last 30
  platc quality history prod --json
`,
    )
    .action((selectors: readonly string[], _flags: QualityFlags, command: Command) =>
      run(() => historyCommand(selectors, command.optsWithGlobals(), context)),
    );
}

async function historyCommand(
  selectors: readonly string[],
  flags: QualityFlags,
  context: Context,
): Promise<ExitCode> {
  const newest = Number(flags.last);
  if (!Number.isInteger(newest) || newest < 1)
    throw new CommandError(
      `'${flags.last}' is no number of runs`,
      "--last takes a whole number from 1",
      EXIT.usage,
    );
  const { openLedgers } = await import("./open-ledgers.ts");
  const { chooseStacks } = await import("./choose-stacks.ts");
  const { renderQualityHistory } = await import("../reports/render-quality-history.ts");
  const { platform, ledgers, ledgerOf } = await openLedgers(context, flags);
  const entries: QualityEntry[] = [];
  for (const stack of chooseStacks(platform, selectors)) {
    const ledger = await ledgerOf(stack);
    // A backend that is not there yet has no history, and cannot be asked for one.
    if (ledgers.includes(ledger)) entries.push(...(await ledger.quality.history(stack.address, newest)));
  }
  context.stdout.write(flags.json ? `${JSON.stringify(entries)}\n` : renderQualityHistory(entries));
  return EXIT.ok;
}
