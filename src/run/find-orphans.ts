import type { Stamped } from "../ledger/entry.ts";
import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { environmentBackend } from "../stacks/environment-backend.ts";
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

/** What is in the inventories of the selected environments and not in the spec, sorted by address. */
export async function findOrphans(context: RunContext, selection: Selection): Promise<readonly Orphan[]> {
  const stacks = selection.addresses.flatMap((address) => context.platform.stackByAddress.get(address) ?? []);
  const environments = new Set([
    ...stacks.map((stack) => stack.environment.name),
    ...selection.emptyEnvironments,
  ]);
  const ledgers = new Set(
    await Promise.all([
      ...stacks.map((stack) => context.ledger(stack)),
      ...selection.emptyEnvironments.flatMap((name) => environmentLedger(context, name)),
    ]),
  );
  const nextByAddress = nextAddresses(context.platform);
  const found = new Map<string, Orphan>();
  for (const ledger of ledgers) {
    for (const address of await listApplied(ledger)) {
      if (context.platform.stackByAddress.has(address) || found.has(address)) continue;
      const entry = await ledger.inventory.read(address);
      if (!entry || !environments.has(entry.entry.stack.environment)) continue;
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
  const environment = spec.environments.get(name);
  const backend = environment && environmentBackend(spec, environment);
  if (backend) return [context.ledgerAt(backend)];
  context.tell({
    kind: "note",
    message: `where the states of '${name}' lie depends on the stack, and it has none: what is applied there is not seen`,
    hint: "put one of its stacks back, and it is",
  });
  return [];
}

async function listApplied(ledger: Ledger): Promise<readonly string[]> {
  try {
    return await ledger.inventory.list();
  } catch (error) {
    if (error instanceof StoreMissingError) return [];
    throw error;
  }
}
