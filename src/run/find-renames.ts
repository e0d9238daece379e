import { stackFolder } from "../emit/emit-stack.ts";
import { canonicalJson } from "../ledger/canonical-json.ts";
import { LedgerError } from "../ledger/ledger-error.ts";
import { parseJson } from "../plans/json.ts";
import { moduleNameOf } from "../stacks/read-module-calls.ts";
import type { Stack } from "../stacks/stack.ts";
import { withoutCredentials } from "../stores/backend-secrets.ts";
import type { BackendConfig } from "../stores/object-store.ts";
import { backendOf } from "./backend-of.ts";
import { earlierName } from "./earlier-name.ts";
import type { Orphan } from "./find-orphans.ts";
import { type NamedRoot, rootLikeness } from "./root-likeness.ts";
import type { RunContext } from "./run-context.ts";

/** A stack that is not applied, and what has left the spec and is as good as the same. */
export interface LikelyRename {
  readonly stack: Stack;
  /** At least one; more where nothing says which one it was. */
  readonly orphans: readonly Orphan[];
}

const LEAST_LIKENESS = 0.5;

/** Finds stacks that are new by their address alone, by what the inventory keeps of those that have left the spec. */
export async function findRenames(
  context: RunContext,
  stacks: readonly Stack[],
  orphans: readonly Orphan[],
): Promise<readonly LikelyRename[]> {
  if (stacks.length === 0) return [];
  const platform = context.platform.spec.name;
  const roots = await Promise.all(
    orphans.map(async (orphan) => ({ orphan, root: await keptRoot(platform, orphan) })),
  );
  const found: LikelyRename[] = [];
  for (const stack of stacks) {
    const near = roots.filter(({ orphan }) => canTakeOver(stack, orphan));
    if (near.length === 0) continue;
    const own = await compiledRoot(context, stack);
    const ranked = near.map(({ orphan, root }) => ({ orphan, rank: rankOf(stack, own, orphan, root) }));
    const best = Math.max(...ranked.map(({ rank }) => rank));
    if (best >= LEAST_LIKENESS)
      found.push({ stack, orphans: ranked.filter(({ rank }) => rank === best).map(({ orphan }) => orphan) });
  }
  return found;
}

/** Whether `moved` of a stack can name an orphan at all. */
function canTakeOver(stack: Stack, { address, entry }: Orphan): boolean {
  return (
    earlierName(stack, address) !== undefined && placeOf(backendOf(stack)) === placeOf(entry.entry.backend)
  );
}

function placeOf(backend: BackendConfig): string {
  return canonicalJson(parseJson(JSON.stringify(withoutCredentials(backend))));
}

/** Below `LEAST_LIKENESS` where it is another stack; one whose address alone is another comes first. */
function rankOf(stack: Stack, own: NamedRoot, { entry }: Orphan, root: NamedRoot | undefined): number {
  const likeness = root === undefined ? undefined : rootLikeness(own, root);
  if (likeness === undefined || likeness < LEAST_LIKENESS) return 0;
  return entry.entry.stack.name === stack.name ? likeness + 1 : likeness;
}

async function compiledRoot(context: RunContext, stack: Stack): Promise<NamedRoot> {
  const folder = stackFolder(context.platform.spec.name, stack.address);
  const { files } = await context.emitter.stack(stack);
  const main = files.find(({ path }) => path === `${folder}/main.tf.json`)?.content ?? "{}";
  const text = typeof main === "string" ? main : new TextDecoder().decode(main);
  return { folder, text, names: namesOf(stack.name, stack.address) };
}

/** The root that an orphan was applied from; undefined where it was not kept, or cannot be read. */
async function keptRoot(
  platform: string,
  { address, entry, ledger }: Orphan,
): Promise<NamedRoot | undefined> {
  const folder = stackFolder(platform, address);
  const files = await ledger.bundles.get(entry.entry.bundle).catch((error: unknown) => {
    if (error instanceof LedgerError) return undefined;
    throw error;
  });
  const main = files?.find(({ path }) => path === `${folder}/main.tf.json`);
  if (!main) return undefined;
  const text = new TextDecoder().decode(main.bytes);
  return { folder, text, names: namesOf(entry.entry.stack.name, address) };
}

function namesOf(name: string, address: string): readonly string[] {
  return [...new Set([address, address.slice(address.indexOf("/") + 1), name, moduleNameOf(name)])];
}
