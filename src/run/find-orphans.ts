import type { Stamped } from "../ledger/entry.ts";
import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import { type EnvironmentBackend, environmentBackend } from "../stacks/environment-backend.ts";
import type { Stack } from "../stacks/stack.ts";
import { StoreMissingError } from "../stores/store-error.ts";
import { goesOver, nextAddresses } from "./next-addresses.ts";
import type { Selection } from "./plan-platform.ts";
import type { RunContext } from "./run-context.ts";

/** A stack that is applied and that the spec no longer has. */
export interface Orphan {
  readonly address: string;
  readonly entry: Stamped<InventoryEntry>;
  readonly ledger: Ledger;
}

/** What has left the spec and is applied. */
export interface LeftStacks {
  /** Those of the selected environments, sorted by address. */
  readonly orphans: readonly Orphan[];
  /**
   * How many there are of each environment that the spec does not have and nobody selected, where their records lie
   * with those of the selected ones.
   */
  readonly goneCounts: ReadonlyMap<string, number>;
}

/** What is in the inventories of the selected environments and not in the spec, sorted by address. */
export async function findOrphans(context: RunContext, selection: Selection): Promise<readonly Orphan[]> {
  return (await findLeftStacks(context, selection)).orphans;
}

/** As `findOrphans`, and what the same records say of environments that are gone as a whole. */
export async function findLeftStacks(context: RunContext, selection: Selection): Promise<LeftStacks> {
  const selected = selectedEnvironments(context, selection);
  const orphans: Orphan[] = [];
  const goneCounts = new Map<string, number>();
  for (const left of await readLeft(context, selection)) {
    const name = left.entry.entry.stack.environment;
    if (selected.has(name)) orphans.push(left);
    else if (!context.platform.spec.environments.has(name))
      goneCounts.set(name, (goneCounts.get(name) ?? 0) + 1);
  }
  return { orphans, goneCounts };
}

function stacksOf({ platform }: RunContext, { addresses }: Selection): readonly Stack[] {
  return addresses.flatMap((address) => platform.stackByAddress.get(address) ?? []);
}

function selectedEnvironments(context: RunContext, selection: Selection): ReadonlySet<string> {
  const names = stacksOf(context, selection).map((stack) => stack.environment.name);
  return new Set([...names, ...selection.emptyEnvironments]);
}

/** Everything in the ledgers of a selection that the spec does not have and that does not go over to another stack. */
async function readLeft(context: RunContext, selection: Selection): Promise<readonly Orphan[]> {
  const ledgers = new Set(
    await Promise.all([
      ...stacksOf(context, selection).map((stack) => context.ledger(stack)),
      ...selection.emptyEnvironments.flatMap((name) => environmentLedger(context, name)),
    ]),
  );
  const nextByAddress = nextAddresses(context.platform);
  const found = new Map<string, Orphan>();
  for (const ledger of ledgers) {
    for (const address of await listApplied(ledger)) {
      if (context.platform.stackByAddress.has(address) || found.has(address)) continue;
      const entry = await ledger.inventory.read(address);
      if (!entry) continue;
      const next = nextByAddress.get(address);
      const own = next === undefined ? undefined : await ledger.inventory.read(next);
      if (next === undefined || !goesOver(entry.entry, own?.entry))
        found.set(address, { address, entry, ledger });
    }
  }
  return [...found.values()].sort((left, right) => (left.address < right.address ? -1 : 1));
}

/** The ledger of an environment without stacks lies where the platform's own state settings say. */
function environmentLedger(context: RunContext, name: string): readonly Promise<Ledger>[] {
  const { spec } = context.platform;
  const backend = backendIn(spec, name);
  if (backend) return [context.ledgerAt(backend)];
  context.tell({
    kind: "note",
    message: `where the states of '${name}' lie depends on the stack, and it has none: what is applied there is not seen`,
    hint: "put one of its stacks back, and it is",
  });
  return [];
}

/** Of one that has left the spec, the place that all others have: its own settings left with it. */
function backendIn(spec: PlatformSpec, name: string): EnvironmentBackend | undefined {
  const own = spec.environments.get(name);
  if (own) return environmentBackend(spec, own);
  const [first, ...rest] = [...spec.environments.values()].map((one) => environmentBackend(spec, one));
  return rest.every((one) => JSON.stringify(one) === JSON.stringify(first)) ? first : undefined;
}

async function listApplied(ledger: Ledger): Promise<readonly string[]> {
  try {
    return await ledger.inventory.list();
  } catch (error) {
    if (error instanceof StoreMissingError) return [];
    throw error;
  }
}
