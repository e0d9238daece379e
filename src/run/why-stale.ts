import type { ManifestEntry } from "../emit/manifest.ts";
import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import { saltedHash } from "../ledger/salted-hash.ts";
import type { Json } from "../plans/json.ts";
import type { StateFile } from "../stores/state-file.ts";
import { stateReasons } from "./state-reasons.ts";

/** Everything that decides whether a stack has to run. */
export interface StalenessFacts {
  readonly entry: InventoryEntry | undefined;
  readonly state: StateFile | undefined;
  readonly manifest: ManifestEntry;
  readonly target: string;
  /** Consumed outputs, `<address>#<output>`, to their value now; undefined where it is not known yet. */
  readonly consumed: ReadonlyMap<string, Json | undefined>;
  readonly variables: ReadonlyMap<string, string>;
  readonly isRefreshAsked: boolean;
  readonly refreshesAlways: boolean;
  /** Whether what Terraform found to fail is looked at again. */
  readonly looksAgain: boolean;
}

const PART_NAMES: Readonly<Record<string, string>> = {
  definition: "its definition changed",
  modules: "a file of its modules changed",
  files: "a file that it names changed",
  providers: "its provider lock changed",
  command: "'terraform.command' in the spec changed",
};

/** Why a stack is not up to date, one sentence for each reason; empty where all that was applied still holds. */
export function whyStale(facts: StalenessFacts): readonly string[] {
  const { entry, state, manifest } = facts;
  if (!entry) return [notApplied(state)];
  if (entry.status === "incomplete") return ["its last apply did not end well"];
  const reasons: string[] = [];
  if (entry.target !== facts.target) reasons.push(`it was applied on another target (${entry.target})`);
  reasons.push(...stateReasons(entry, state));
  for (const part of Object.keys({ ...entry.parts, ...manifest.parts }).sort()) {
    if (entry.parts[part] !== manifest.parts[part]) reasons.push(PART_NAMES[part] ?? partChanged(part));
  }
  reasons.push(...consumedReasons(entry, facts.consumed), ...variableReasons(entry, facts.variables));
  if (facts.looksAgain) reasons.push(...assertionReasons(entry));
  if (facts.refreshesAlways) reasons.push("the spec says 'refresh: always'");
  if (facts.isRefreshAsked) reasons.push("a refresh was asked for");
  return reasons;
}

/** Steps have a part each. */
function partChanged(part: string): string {
  const [, step] = /^step (.+)$/.exec(part) ?? [];
  return step === undefined ? `its ${part} changed` : `its step '${step}' changed`;
}

/** A destroy leaves an empty state behind. */
function notApplied(state: StateFile | undefined): string {
  const isEmpty = !state || (state.resources.length === 0 && state.outputs.size === 0);
  if (!isEmpty) return "it has a state, but platc did not apply it";
  return state ? "it is not applied any more" : "it was never applied";
}

function consumedReasons(entry: InventoryEntry, consumed: StalenessFacts["consumed"]): string[] {
  const reasons: string[] = [];
  for (const [name, value] of consumed) {
    const known = entry.consumed[name];
    const shown = `'${name.replace("#", "' output '")}'`;
    if (known === undefined) reasons.push(`it reads ${shown}, and did not before`);
    else if (value === undefined) reasons.push(`${shown}, which it reads, may change`);
    else if (saltedHash(value, entry.salt) !== known) reasons.push(`${shown}, which it reads, changed`);
  }
  return reasons;
}

/** To Terraform they are warnings: it would not tell them again of what is up to date. */
function assertionReasons({ failedAssertions = [] }: InventoryEntry): string[] {
  return failedAssertions.map((address) => `its assertion '${address}' failed last`);
}

function variableReasons(entry: InventoryEntry, variables: ReadonlyMap<string, string>): string[] {
  const names = [...new Set([...Object.keys(entry.variables), ...variables.keys()])].sort();
  return names.flatMap((name) => {
    const value = variables.get(name);
    const isSame = value !== undefined && entry.variables[name] === saltedHash(value, entry.salt);
    return isSame ? [] : [`the variable '${name}' has another value`];
  });
}
