import { gitRevisions } from "../disk/git-revisions.ts";
import { PROJECT_TEMPLATES } from "../generate/project/project-templates.ts";
import type { Platform } from "../stacks/platform-model.ts";
import { type SelectorKind, selectorNames } from "../stacks/selector-names.ts";
import { stackOutputs } from "../stacks/stack-outputs.ts";
import type { Candidate, ExpectedWord } from "./expected-word.ts";
import { TARGETS } from "./parse-target.ts";

/** What may stand for a value. `goesOn` says that more may follow in the same word; `files` that the shell knows better. */
export interface CompletedValue {
  readonly candidates: readonly Candidate[];
  readonly goesOn?: boolean;
  readonly files?: "all" | "folders";
}

/** What is known while somebody types. The platform is undefined where the spec does not compile. */
export interface TypedAmid {
  readonly folder: string;
  readonly platform: () => Promise<Platform | undefined>;
}

type Source = (expected: ExpectedWord, amid: TypedAmid) => Promise<CompletedValue>;

const NOTHING: Source = async () => ({ candidates: [] });
const FILES: Source = async () => ({ candidates: [], files: "all" });
const FOLDERS: Source = async () => ({ candidates: [], files: "folders" });

/** By option, or by the name that help gives an argument. */
const SOURCES: Readonly<Record<string, Source>> = {
  "--spec": FILES,
  "--junit": FILES,
  "--markdown": FILES,
  "--html": FILES,
  "--out": FILES,
  files: FILES,
  folder: FOLDERS,
  stacks: selectors,
  selectors,
  which: selectors,
  "--select": selectors,
  address: ofPlatform(async (platform, { typed }) => nextParts(addressesOf(platform), typed)),
  environment: ofPlatform(async (platform) => named(selectorNames(platform, "env"))),
  environments: ofPlatform(async (platform) => named(selectorNames(platform, "env"))),
  "--auto-approve": async () => named(["deferred"]),
  app: ofPlatform(async (platform) => named(selectorNames(platform, "app"))),
  name: ofPlatform(async (platform, { earlier }) => outputsOf(platform, earlier[0] ?? "")),
  "--base": async (_expected, { folder }) => named(await gitRevisions(folder)),
  "--target": async ({ typed }) => afterComma(typed, TARGETS),
  "--template": async () => named(PROJECT_TEMPLATES.map((one) => one.name)),
  "--fail": faults,
  "--slow": faults,
  "--crash": faults,
  "--parallelism": NOTHING,
  "--name": NOTHING,
  "--note": NOTHING,
  "--port": NOTHING,
  "--last": NOTHING,
  "--package": NOTHING,
  "--platform": NOTHING,
  id: NOTHING,
  path: NOTHING,
  providers: NOTHING,
};

/** What may stand where a value is expected; nothing where platc does not know. */
export async function completedValue(expected: ExpectedWord, amid: TypedAmid): Promise<CompletedValue> {
  const source = expected.value === undefined ? undefined : SOURCES[expected.value];
  return source ? source(expected, amid) : { candidates: [] };
}

/** Are the values of an option or argument known here, be it that there are none. */
export function isCompleted(value: string): boolean {
  return value in SOURCES;
}

function ofPlatform(
  complete: (platform: Platform, expected: ExpectedWord) => Promise<CompletedValue>,
): Source {
  return async (expected, amid) => {
    const platform = await amid.platform();
    return platform ? complete(platform, expected) : { candidates: [] };
  };
}

function named(words: readonly string[]): CompletedValue {
  return { candidates: words.map((word) => ({ word })) };
}

function afterComma(typed: string, words: readonly string[]): CompletedValue {
  const before = typed.slice(0, typed.lastIndexOf(",") + 1);
  const left = words.filter((word) => !before.split(",").includes(word));
  return named(left.map((word) => `${before}${word}`));
}

function addressesOf({ stacks }: Platform): readonly string[] {
  return stacks.map((stack) => stack.address);
}

/** Addresses part by part, as a shell goes through folders: `dev/`, then `dev/acme/`, then `dev/acme/hive`. */
function nextParts(addresses: readonly string[], typed: string): CompletedValue {
  const parts = addresses
    .filter((address) => address.startsWith(typed))
    .map((address) => {
      const end = address.indexOf("/", typed.length);
      return end < 0 ? address : address.slice(0, end + 1);
    });
  const words = [...new Set(parts)];
  const [only] = words;
  if (words.length === 1 && only?.endsWith("/")) return nextParts(addresses, only);
  return { ...named(words), goesOn: words.some((word) => word.endsWith("/")) };
}

const PREFIXED: readonly SelectorKind[] = ["stage", "customer", "app", "stack", "module"];

/** `dev`, `dev/...`, `stage:deploy`; after `!`, `...` or a comma the same again. */
async function selectors(expected: ExpectedWord, amid: TypedAmid): Promise<CompletedValue> {
  const platform = await amid.platform();
  if (!platform) return { candidates: [] };
  const before = /^(?:.*,)?!?(?:\.\.\.)?/.exec(expected.typed)?.[0] ?? "";
  const found = selectorsOf(platform, expected.typed.slice(before.length));
  return {
    ...found,
    candidates: found.candidates.map((one) => ({ ...one, word: `${before}${one.word}` })),
  };
}

function selectorsOf(platform: Platform, typed: string): CompletedValue {
  const kind = PREFIXED.find((one) => typed.startsWith(`${one}:`));
  if (kind) return named(selectorNames(platform, kind).map((name) => `${kind}:${name}`));
  if (typed.includes("/")) return nextParts(addressesOf(platform), typed);
  const environments = selectorNames(platform, "env");
  const exact = environments.includes(typed) ? nextParts(addressesOf(platform), `${typed}/`).candidates : [];
  const prefixes = PREFIXED.filter((one) => selectorNames(platform, one).length > 0).map((one) => ({
    word: `${one}:`,
    description: `by ${one}`,
  }));
  const candidates = [
    ...environments.map((word) => ({ word, description: "environment" })),
    ...exact,
    ...prefixes,
    { word: "affected", description: "what differs from --base" },
  ].filter(({ word }) => word.startsWith(typed));
  return { candidates, goesOn: candidates.length === 1 && candidates[0]?.word.endsWith(":") === true };
}

function outputsOf(platform: Platform, address: string): CompletedValue {
  const stack = platform.stackByAddress.get(address);
  if (!stack) return { candidates: [] };
  return {
    candidates: [...stackOutputs(stack, platform.contracts)].map(([word, { description }]) => ({
      word,
      ...(description !== undefined && { description }),
    })),
  };
}

async function faults(expected: ExpectedWord, amid: TypedAmid): Promise<CompletedValue> {
  const platform = await amid.platform();
  if (!platform || expected.typed.includes(":")) return { candidates: [] };
  const { candidates } = nextParts(addressesOf(platform), expected.typed);
  return {
    candidates: candidates.map(({ word }) => ({ word: word.endsWith("/") ? word : `${word}:` })),
    goesOn: true,
  };
}
