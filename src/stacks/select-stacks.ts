import { suggest } from "../diagnostics/suggest.ts";
import type { Graph } from "../graph/graph.ts";
import { downstreamsOf, upstreamsOf } from "../graph/reach.ts";
import { globMatcher } from "../spec/read-spec.ts";
import { nearAddress } from "./near-address.ts";
import type { Platform } from "./platform-model.ts";
import { type SelectorKind, selectorNames } from "./selector-names.ts";
import type { Stack } from "./stack.ts";

export interface SelectOptions {
  /** What `affected` stands for; without it `affected` is refused. */
  readonly affected?: ReadonlySet<string>;
}

/** The addresses that selectors mean, in the order of the platform, or why they mean nothing. */
export type Selection =
  | { readonly status: "ok"; readonly addresses: ReadonlySet<string> }
  | { readonly status: "bad"; readonly message: string; readonly hint: string };

/** How a stack is asked whether it has a name of some kind: `env:dev` asks for the environment. */
const KINDS: Readonly<Record<SelectorKind, (stack: Stack) => readonly (string | undefined)[]>> = {
  env: (stack) => [stack.environment.name],
  stack: (stack) => [stack.name],
  customer: (stack) => [stack.customer],
  app: (stack) => [stack.app],
  stage: (stack) => [stack.stage],
  module: (stack) => stack.modules.map((call) => call.source),
};

const KIND_NAMES = Object.keys(KINDS) as readonly SelectorKind[];

/** One selector: what it is about, and which way it reaches from there. */
interface Term {
  readonly written: string;
  readonly body: string;
  readonly excludes: boolean;
  readonly withUpstreams: boolean;
  readonly withDependents: boolean;
}

class BadSelector extends Error {
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

/**
 * Selects stacks: by address (`dev/acme/superset`), the folder that addresses lie in (`dev/acme`), glob (`dev/**`; without
 * a slash it looks at stack names), the name of an environment, stack, customer, app or stage (with `env:`, `stack:` and
 * so on where it could be two of them), `module:` or `affected`. `...x` adds all that x comes after, `x...` all that come
 * after x, `!x` leaves out. Several are joined, by commas too; without any, or with exclusions alone, all are meant first.
 */
export function selectStacks(
  platform: Platform,
  selectors: readonly string[],
  options: SelectOptions = {},
): Selection {
  const terms = selectors.flatMap((selector) => selector.split(",")).map(parseTerm);
  try {
    const included = new Set<string>();
    const excluded = new Set<string>();
    const graph = dataGraph(platform);
    for (const term of terms) {
      const found = addressesOf(platform, term, options);
      const target = term.excludes ? excluded : included;
      for (const address of found) target.add(address);
      if (term.withUpstreams) for (const address of upstreamsOf(graph, found)) target.add(address);
      if (term.withDependents) for (const address of downstreamsOf(graph, found)) target.add(address);
    }
    const meansAll = terms.every((term) => term.excludes);
    const addresses = platform.stacks
      .map((stack) => stack.address)
      .filter((address) => (meansAll || included.has(address)) && !excluded.has(address));
    return { status: "ok", addresses: new Set(addresses) };
  } catch (error) {
    if (!(error instanceof BadSelector)) throw error;
    return { status: "bad", message: error.message, hint: error.hint };
  }
}

/** Dependence by references and `after`. Stages order stacks too, but what follows in time does not depend. */
function dataGraph(platform: Platform): Graph {
  return {
    nodes: platform.stacks.map((stack) => stack.address),
    upstreamOf: new Map(platform.stacks.map((stack) => [stack.address, stack.upstream])),
  };
}

function parseTerm(written: string): Term {
  const trimmed = written.trim();
  const excludes = trimmed.startsWith("!");
  const reach = excludes ? trimmed.slice(1) : trimmed;
  const withUpstreams = reach.startsWith("...");
  const rest = withUpstreams ? reach.slice(3) : reach;
  const withDependents = rest.endsWith("...");
  const body = (withDependents ? rest.slice(0, -3) : rest).replace(/(?<=.)\/$/, "");
  return { written: trimmed, body, excludes, withUpstreams, withDependents };
}

function addressesOf(platform: Platform, term: Term, options: SelectOptions): readonly string[] {
  const { body } = term;
  if (body === "") {
    throw new BadSelector(
      `the selector '${term.written}' names nothing`,
      "write an address, an environment or a glob, such as 'dev/**'",
    );
  }
  const colon = body.indexOf(":");
  if (colon >= 0) return ofKind(platform, body.slice(0, colon), body.slice(colon + 1));
  if (/[*?]/.test(body)) return ofGlob(platform, body);
  if (platform.stackByAddress.has(body)) return [body];
  if (!body.includes("/")) return ofWord(platform, body, options);
  const below = platform.stacks.map((stack) => stack.address).filter((one) => one.startsWith(`${body}/`));
  if (below.length === 0) throw unknownAddress(platform, body);
  return below;
}

function ofKind(platform: Platform, prefix: string, name: string): readonly string[] {
  const kind = KIND_NAMES.find((one) => one === prefix);
  if (!kind) {
    const near = /^env/.test(prefix) ? "env" : suggest(prefix, KIND_NAMES);
    throw new BadSelector(
      `'${prefix}:' is no kind of selector`,
      near
        ? `did you mean '${near}:${name}'?`
        : `the kinds are ${KIND_NAMES.map((one) => `'${one}:'`).join(", ")}`,
    );
  }
  const matcher = /[*?]/.test(name) ? globMatcher(name) : undefined;
  const matches = (text: string): boolean => (matcher ? matcher.test(text) : text === name);
  const names = selectorNames(platform, kind);
  if (names.some(matches)) return withName(platform, kind, matches);
  const near = suggest(name, names);
  throw new BadSelector(
    `there is no ${wordFor(kind)} '${name}'`,
    near ? `did you mean '${kind}:${near}'?` : listOf(kind, names),
  );
}

function ofGlob(platform: Platform, glob: string): readonly string[] {
  if (glob === "*" || glob === "**") return platform.stacks.map((stack) => stack.address);
  const matcher = globMatcher(glob);
  const found = platform.stacks
    .filter((stack) => matcher.test(glob.includes("/") ? stack.address : stack.name))
    .map((stack) => stack.address);
  if (found.length > 0) return found;
  const environment = selectorNames(platform, "env").find((name) => matcher.test(name));
  throw new BadSelector(
    `no stack matches '${glob}'`,
    environment === undefined
      ? `addresses look like '${platform.stacks[0]?.address ?? "dev/storage/raw"}'; '*' stays within one part, '**' does not`
      : `a glob without '/' looks at stack names; environments are 'env:${glob}'`,
  );
}

/** A word without any sign of what it is: it must not be two things that select different stacks. */
function ofWord(platform: Platform, word: string, options: SelectOptions): readonly string[] {
  const meanings = KIND_NAMES.filter((kind) => selectorNames(platform, kind).includes(word)).map((kind) => ({
    spelling: `${kind}:${word}`,
    addresses: withName(platform, kind, (name) => name === word),
  }));
  if (word === "affected" && meanings.length === 0) return ofAffected(options);
  const filled = meanings.filter((meaning) => meaning.addresses.length > 0);
  const distinct = new Map(filled.map((meaning) => [meaning.addresses.join("\n"), meaning]));
  if (distinct.size > 1) {
    const spellings = filled.map((meaning) => `'${meaning.spelling}'`);
    throw new BadSelector(`'${word}' could mean ${spellings.join(" or ")}`, `write the one that is meant`);
  }
  const [only] = distinct.values();
  if (only) return only.addresses;
  if (meanings.length > 0) return [];
  throw unknownWord(platform, word);
}

function ofAffected({ affected }: SelectOptions): readonly string[] {
  if (affected) return [...affected];
  throw new BadSelector(
    "'affected' has nothing to compare with",
    "name a revision, such as --base origin/main",
  );
}

function unknownWord(platform: Platform, word: string): BadSelector {
  const ending = platform.stacks.find((stack) => stack.address.endsWith(`/${word}`));
  const message = `'${word}' is no environment, stack, customer, app or stage`;
  if (ending)
    return new BadSelector(message, `did you mean '${ending.address}'? '**/${word}' is all of them`);
  const spellings = KIND_NAMES.flatMap((kind) => selectorNames(platform, kind));
  const near = suggest(word, [...spellings, "affected"]);
  return new BadSelector(
    message,
    near ? `did you mean '${near}'?` : listOf("env", selectorNames(platform, "env")),
  );
}

function unknownAddress(platform: Platform, address: string): BadSelector {
  const all = platform.stacks.map((stack) => stack.address);
  const message = `there is no stack '${address}'`;
  const ending = all.find((one) => one.endsWith(`/${address}`));
  if (ending) return new BadSelector(message, `did you mean '${ending}'? '**/${address}' is all of them`);
  const near = nearAddress(platform, address) ?? suggest(address, foldersOf(all));
  if (near) return new BadSelector(message, `did you mean '${near}'?`);
  if (selectorNames(platform, "module").includes(address))
    return new BadSelector(message, `the stacks of a module are 'module:${address}'`);
  return new BadSelector(message, "'platc list' shows every address");
}

function foldersOf(addresses: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const address of addresses) {
    for (let at = address.lastIndexOf("/"); at > 0; at = address.lastIndexOf("/", at - 1))
      folders.add(address.slice(0, at));
  }
  return folders;
}

function withName(
  platform: Platform,
  kind: SelectorKind,
  matches: (name: string) => boolean,
): readonly string[] {
  return platform.stacks
    .filter((stack) => KINDS[kind](stack).some((name) => name !== undefined && matches(name)))
    .map((stack) => stack.address);
}

function wordFor(kind: SelectorKind): string {
  return kind === "env" ? "environment" : kind;
}

function listOf(kind: SelectorKind, names: readonly string[]): string {
  if (names.length === 0) return `this platform has no ${wordFor(kind)}s`;
  const shown = names.slice(0, 12).map((name) => `'${kind}:${name}'`);
  return `there are ${shown.join(", ")}${names.length > shown.length ? ` and ${names.length - shown.length} more` : ""}`;
}
