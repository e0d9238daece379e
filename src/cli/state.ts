import type { Command } from "commander";
import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";

interface StateFlags {
  readonly spec?: string;
  readonly target?: string;
  readonly json?: boolean;
  readonly force?: boolean;
}

/** `platc state`: what is applied, what has left the spec, and whose lock holds a state. */
export function addState(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  const state = program
    .command("state")
    .description("what is applied: inventory, orphans; whose lock holds a state: unlock");
  const add = (
    name: string,
    description: string,
    act: (flags: StateFlags, where: readonly string[]) => Promise<ExitCode>,
    argument: readonly [name: string, description: string],
  ): Command => {
    const command = state
      .command(name)
      .description(description)
      .option("--target <target>", "where: cloud, emulator or rehearsal")
      .option("--json", "print as JSON");
    command.argument(...argument);
    return command.action((where: string | readonly string[], _flags: StateFlags, self: Command) =>
      run(() => act(self.optsWithGlobals(), [where].flat())),
    );
  };
  const which = ["[which...]", "environments, addresses, globs; all that is applied if left out"] as const;
  add(
    "inventory",
    "list what is applied, from which definition and when",
    (flags, where) => inventoryCommand(where, flags, context, false),
    which,
  ).addHelpText(
    "after",
    "\nExamples:\n  platc state inventory --target emulator\n  platc state inventory dev 'prod/storage/**'\n",
  );
  add(
    "orphans",
    "list what is applied and has left the spec",
    (flags, where) => inventoryCommand(where, flags, context, true),
    which,
  ).addHelpText("after", "\nExamples:\n  platc state orphans\n  platc state orphans dev\n");
  add(
    "unlock",
    "say whose lock holds a state and since when, ask, and free it",
    (flags, [address = ""]) => unlockCommand(address, flags, context),
    ["<address>", "address of a stack"],
  )
    .option("--force", "do not ask")
    .addHelpText("after", "\nExample:\n  platc state unlock dev/storage/s3\n");
}

const ORPHAN = "  (orphan)";

/** What is applied, and what becomes of it where the spec does not have it. */
interface Place {
  readonly entry: InventoryEntry;
  readonly mark: string;
}

async function inventoryCommand(
  where: readonly string[],
  flags: StateFlags,
  context: Context,
  onlyOrphans: boolean,
): Promise<ExitCode> {
  const { openLedgers } = await import("./open-ledgers.ts");
  const { goesOver, nextAddresses } = await import("../run/next-addresses.ts");
  const { chooseApplied } = await import("./choose-applied.ts");
  const { platform, ledgers } = await openLedgers(context, flags);
  const readings = await Promise.all(ledgers.map((ledger) => ledger.inventory.readAll()));
  const nextByAddress = nextAddresses(platform);
  const places = readings.flatMap(({ entryByAddress }) =>
    [...entryByAddress.values()].map(({ entry }): Place => {
      if (platform.stackByAddress.has(entry.address)) return { entry, mark: "" };
      const next = nextByAddress.get(entry.address);
      const isMoving = next !== undefined && goesOver(entry, entryByAddress.get(next)?.entry);
      return { entry, mark: isMoving ? `  (moves to ${next})` : ORPHAN };
    }),
  );
  const chosen = chooseApplied(
    platform,
    where,
    places.map(({ entry }) => entry),
  );
  const shown = places
    .filter(({ entry }) => chosen.has(entry.address))
    .filter(({ mark }) => !onlyOrphans || mark === ORPHAN)
    .sort((left, right) => (left.entry.address < right.entry.address ? -1 : 1));
  for (const fault of readings.flatMap((reading) => reading.faults))
    context.stderr.write(`platc: ${fault.message}\n  ${fault.hint}\n`);
  if (flags.json)
    context.stdout.write(
      `${JSON.stringify(shown.map(({ entry: { salt: _salt, lastOutputs: _outputs, ...entry } }) => entry))}\n`,
    );
  else if (shown.length === 0)
    context.stdout.write(
      onlyOrphans ? "nothing is applied that the spec does not have\n" : "nothing is applied\n",
    );
  else {
    const width = Math.max(...shown.map(({ entry }) => entry.address.length));
    for (const { entry, mark } of shown) {
      const tested = testedAs(entry);
      context.stdout.write(
        `${entry.address.padEnd(width)}  ${entry.status === "complete" ? entry.appliedAt : "incomplete          "}  ${entry.target}  ${tested}${mark}\n`,
      );
    }
  }
  return EXIT.ok;
}

function testedAs({ tested }: InventoryEntry): string {
  if (!tested) return "not tested";
  return tested.checks.length === 0 ? "no checks" : `tests ${tested.outcome}`;
}

async function unlockCommand(address: string, flags: StateFlags, context: Context): Promise<ExitCode> {
  const { openLedgers } = await import("./open-ledgers.ts");
  const { askYes, canAsk } = await import("./ask.ts");
  const { backendOf } = await import("../run/backend-of.ts");
  const { freeLock, lockHolder } = await import("../stores/lock-holder.ts");
  const { stackAt } = await import("./stack-at.ts");
  const { platform, storeOf } = await openLedgers(context, flags);
  const stack = stackAt(platform, address);
  const store = await storeOf(stack);
  const lock = await lockHolder(store, backendOf(stack), stack.state.key);
  if (lock.status === "free") {
    context.stdout.write(`the state of '${address}' is not locked\n`);
    return EXIT.ok;
  }
  if (lock.status === "unknown")
    throw new CommandError(
      lock.why,
      `'${platform.spec.command ?? "terraform"} force-unlock' in the stack's folder frees it`,
    );
  const { holder } = lock;
  context.stdout.write(
    `the state of '${address}' is locked by ${holder.who} since ${holder.created} (${holder.operation}, id ${holder.id})${lock.status === "left" ? "; its process is gone" : ""}\n`,
  );
  if (!flags.force) {
    if (!canAsk(context))
      throw new CommandError(
        "nobody is there to say that it may be freed",
        "run it on a terminal, or with --force when you are sure that nothing runs there",
        EXIT.waiting,
      );
    const isSure = await askYes(
      context,
      "Free it? Whoever holds it must not be running any more.",
      new AbortController().signal,
    );
    if (!isSure) return EXIT.failed;
  }
  const isFreed = await freeLock(store, backendOf(stack), stack.state.key, holder.id);
  context.stdout.write(isFreed ? "freed\n" : "it was not held any more\n");
  return EXIT.ok;
}
