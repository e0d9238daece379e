import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from "yaml";
import { unreadableTerm } from "../text/version-constraint.ts";
import { idleKey } from "./idle-key.ts";
import { overlayOfVersion } from "./overlay-of-version.ts";
import { type OverlayPart, withParts, wrongParts } from "./overlay-parts.ts";
import type { ParentRule } from "./parent-rule.ts";
import type { ProtectionRule } from "./protection-rule.ts";
import type { ProviderSchema, TypeSchema } from "./provider-schema.ts";
import type { ProviderOverlay, TypeOverlay } from "./type-overlay.ts";

/** A mistake in an overlay; the line counts from 1. */
export interface OverlayProblem {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

export interface OverlayReading {
  readonly overlay: ProviderOverlay;
  readonly problems: readonly OverlayProblem[];
}

/** Says what is wrong with a value, if anything. */
type Check = (value: unknown) => string | undefined;

const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string" && one !== "");
const isTable = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isRule = (value: unknown): boolean =>
  isTable(value) &&
  Object.entries(value as object).every(
    ([key, one]) =>
      (key === "from" && Array.isArray(one)) || (key === "to" && (Array.isArray(one) || one === "less")),
  );
const isRules = (value: unknown): boolean =>
  isTable(value) &&
  Object.values(value as object).every((one) => Array.isArray(one) && one.length > 0 && one.every(isRule));
const must =
  (holds: (value: unknown) => boolean, expected: string): Check =>
  (value) =>
    holds(value) ? undefined : expected;

const names = must(isNames, "a list of names");
const table = must(isTable, "a map by path");
const isName = (value: unknown): value is string => typeof value === "string" && value !== "";
const text = must(isName, "a text");
const groups = must(
  (value) => Array.isArray(value) && value.length > 0 && value.every(isNames),
  "a list of lists of names",
);
const CHECKS = {
  id: text,
  unique: names,
  force_new: names,
  force_new_if: must(isRules, "a map by path of lists of rules, each with 'from', 'to' or both"),
  defaults: table,
  values: table,
  planned: table,
  exactly_one_of: groups,
  at_least_one_of: groups,
  conflicts: groups,
  required_with: must(
    (value) => isTable(value) && Object.values(value as object).every(isNames),
    "a map of lists of names",
  ),
  sensitive: names,
  computed_blocks: names,
  makes: names,
  takes: must(
    (value) => isTable(value) && Object.values(value as object).every(isName),
    "a map of attributes by type",
  ),
  overwrites: must((value) => value === true || isName(value), "true, or the attribute that says so"),
  match: names,
  lists: table,
  needs_one: must((value) => typeof value === "boolean", "true or false"),
  filters: must(
    (value) => isTable(value) && Object.values(value as object).every((one) => typeof one === "string"),
    "a map of attributes",
  ),
  finds: must(
    (value) => value === null || isName(value) || isNames(value),
    "a resource type, a list of them, or null",
  ),
  parts: must(
    (value) => isTable(value) && Object.values(value as object).every((one) => isName(one) || isNames(one)),
    "a map of parts by path",
  ),
  // The two are read by schema/extract-provider.mjs alone, which writes them into the pack.
  max_items: must(
    (value) => isTable(value) && Object.values(value as object).every((one) => Number.isSafeInteger(one)),
    "a map of whole numbers",
  ),
  schema_version: must((value) => Number.isSafeInteger(value) && Number(value) > 0, "a whole number"),
} as const satisfies Record<string, Check>;

const ONLY_DATA = new Set(["match", "finds", "lists", "needs_one", "filters"]);
const ONLY_RESOURCES = new Set([
  "unique",
  "planned",
  "force_new",
  "force_new_if",
  "exactly_one_of",
  "at_least_one_of",
  "conflicts",
  "required_with",
  "computed_blocks",
  "makes",
  "takes",
  "overwrites",
  "max_items",
  "schema_version",
  "parts",
]);
const IN_PARTS = new Set(["force_new", "defaults", "values", "computed_blocks", "parts"]);

/**
 * Reads `schema/providers/<source>.overlay.yaml` as it is of one version of the provider, or of that of the pack; what
 * is wrong in it is left out and told by its line, and with it, where types are given, what would do nothing to them.
 */
export function readOverlay(
  content: string,
  path: string,
  source: string,
  version?: string,
  served?: ServedTypes,
): OverlayReading {
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines });
  const problems: OverlayProblem[] = document.errors.map(({ message, pos }) => ({
    path,
    line: lines.linePos(pos[0]).line,
    message: message.split("\n", 1)[0]!,
  }));
  const report = (node: unknown, message: string): void => {
    const start = (node as Node | null | undefined)?.range?.[0] ?? 0;
    problems.push({ path, line: lines.linePos(start).line, message });
  };
  const overlay =
    problems.length > 0 ? EMPTY : readRoot(document.contents, { source, version, served }, report);
  return { overlay: { source, ...overlay }, problems };
}

/** The types that a key of the overlay may be about. */
export type ServedTypes = Pick<ProviderSchema, "resources" | "dataSources">;

interface Reading {
  readonly source: string;
  readonly version: string | undefined;
  readonly served: ServedTypes | undefined;
}

type Report = (node: unknown, message: string) => void;

const EMPTY: Omit<ProviderOverlay, "source"> = { settings: {}, resources: new Map(), dataSources: new Map() };

function readRoot(
  written: unknown,
  { source, version, served }: Reading,
  report: Report,
): Omit<ProviderOverlay, "source"> {
  if (!isMap(written)) {
    report(written, "an overlay is a map with 'source', 'settings', 'parents', 'resources' and 'data'");
    return EMPTY;
  }
  const root = overlayOfVersion(written, version, report);
  const byKey = entriesOf(root);
  for (const [key, { keyNode }] of byKey)
    if (
      ![
        "source",
        "holds_for",
        "settings",
        "parts",
        "parents",
        "protections",
        "resources",
        "data",
        "ephemeral",
        "versions",
      ].includes(key)
    )
      report(
        keyNode,
        `unknown key '${key}': an overlay has 'source', 'holds_for', 'settings', 'parts', 'parents', 'protections', 'resources', 'data', 'ephemeral' and 'versions'`,
      );
  // Read by schema/extract-provider.mjs alone, which writes it into the pack.
  const ephemeral = byKey.get("ephemeral")?.value;
  if (ephemeral !== undefined && !isMap(ephemeral)) report(ephemeral, "'ephemeral' must be a map by type");
  if (plain(byKey.get("source")?.value) !== source)
    report(byKey.get("source")?.value ?? root, `'source' must say '${source}'`);
  const settings = readSettings(byKey.get("settings")?.value, report);
  const parts: ReadonlyMap<string, OverlayPart> = readTypes(byKey.get("parts")?.value, "parts", report);
  const resources: ReadonlyMap<string, OverlayPart> = readTypes(
    byKey.get("resources")?.value,
    "resources",
    report,
    served?.resources,
  );
  const wrong = ["parts", "resources"].flatMap((section) =>
    reportWrongParts(byKey.get(section)?.value, section === "parts" ? parts : resources, parts, report),
  );
  // A part that holds itself has no end.
  const known = wrong.length === 0 ? parts : new Map<string, OverlayPart>();
  const holdsFor = readConstraint(byKey.get("holds_for")?.value, report);
  return {
    ...(holdsFor !== undefined && { holdsFor }),
    settings,
    resources: new Map([...resources].map(([type, overlay]) => [type, withParts(overlay, known)])),
    dataSources: readTypes(byKey.get("data")?.value, "data", report, served?.dataSources),
    ...(byKey.has("parents") && { parents: readParents(byKey.get("parents")?.value, report) }),
    ...(byKey.has("protections") && {
      protections: readProtections(byKey.get("protections")?.value, report),
    }),
  };
}

function reportWrongParts(
  section: unknown,
  users: ReadonlyMap<string, OverlayPart>,
  parts: ReadonlyMap<string, OverlayPart>,
  report: Report,
): readonly string[] {
  const nodes = isMap(section) ? entriesOf(section) : new Map<string, { readonly keyNode: unknown }>();
  return [...users].flatMap(([user, { parts: uses = {} }]) => {
    const [wrong] = wrongParts(uses, parts, [user]);
    if (wrong === undefined) return [];
    const why = parts.has(wrong) ? "holds itself" : `is none of ${[...parts.keys()].join(", ")}`;
    report(nodes.get(user)?.keyNode, `'${user}' takes a part '${wrong}', which ${why}`);
    return [wrong];
  });
}

function readConstraint(node: unknown, report: Report): string | undefined {
  const said = plain(node);
  if (said === undefined) return undefined;
  if (typeof said === "string" && unreadableTerm(said, "provider") === undefined) return said;
  report(node, "'holds_for' must be a constraint of versions, such as '>= 4.40, < 6.0'");
  return undefined;
}

const RULE_KEYS = new Set(["of", "attribute", "types", "by", "also", "unless", "itself"]);

function readParents(node: unknown, report: Report): readonly ParentRule[] {
  return readRules(
    { node, key: "parents", isOne: isParentRule },
    "a rule of 'parents' has 'attribute' as a text or a list of them, 'of', 'types' and 'by' as lists of names, and may have 'also', 'unless' and 'itself'",
    report,
  );
}

function readProtections(node: unknown, report: Report): readonly ProtectionRule[] {
  return readRules(
    { node, key: "protections", isOne: isProtectionRule },
    "a rule of 'protections' has 'of' as a list of names and 'attribute' as a text, and may have 'while' as a list of values, 'unless' and 'needs' as texts",
    report,
  );
}

function readRules<Rule>(
  list: {
    readonly node: unknown;
    readonly key: string;
    readonly isOne: (value: unknown) => value is Rule;
  },
  expected: string,
  report: Report,
): readonly Rule[] {
  const { node, key, isOne } = list;
  const rules = plain(node);
  if (!isSeq(node) || !Array.isArray(rules)) {
    report(node, `'${key}' must be a list of rules`);
    return [];
  }
  return rules.filter((rule: unknown, at): rule is Rule => {
    if (isOne(rule)) return true;
    report(node.items[at], expected);
    return false;
  });
}

const PROTECTION_KEYS = new Set(["of", "attribute", "while", "unless", "needs"]);

function isProtectionRule(value: unknown): value is ProtectionRule {
  if (!isTable(value)) return false;
  const { of, attribute, while: values = [true], unless = "x", needs = "x" } = value as RuleRecord;
  return (
    isNames(of) &&
    [attribute, unless, needs].every(isName) &&
    Array.isArray(values) &&
    values.length > 0 &&
    values.every((one) => one === null || ["boolean", "string"].includes(typeof one)) &&
    Object.keys(value as object).every((key) => PROTECTION_KEYS.has(key))
  );
}

type RuleRecord = Readonly<Record<string, unknown>>;

function isParentRule(value: unknown): value is ParentRule {
  if (!isTable(value)) return false;
  const { of, attribute, types, by, also, unless, itself } = value as RuleRecord;
  return (
    [of, types, by].every(isNames) &&
    [also, unless, itself].every((one) => one === undefined || isNames(one)) &&
    (isName(attribute) || isNames(attribute)) &&
    Object.keys(value as object).every((key) => RULE_KEYS.has(key))
  );
}

function readSettings(node: unknown, report: Report): Readonly<Record<string, string>> {
  if (node === undefined) return {};
  if (!isMap(node)) {
    report(node, "'settings' must be a map of texts");
    return {};
  }
  const settings: Record<string, string> = {};
  for (const [key, { keyNode, value }] of entriesOf(node)) {
    const said = plain(value);
    if (!/^[A-Z][A-Z0-9_]*$/.test(key)) report(keyNode, `setting '${key}' must be in capitals`);
    else if (typeof said !== "string") report(value ?? keyNode, `setting '${key}' must be a text in quotes`);
    else settings[key] = said;
  }
  return settings;
}

type Section = "parts" | "resources" | "data";

function readTypes(
  node: unknown,
  section: Section,
  report: Report,
  served?: ReadonlyMap<string, TypeSchema>,
): Map<string, TypeOverlay> {
  const types = new Map<string, TypeOverlay>();
  if (node === undefined) return types;
  if (!isMap(node)) {
    report(node, `'${section}' must be a map by type`);
    return types;
  }
  for (const [type, { keyNode, value }] of entriesOf(node)) {
    if (isMap(value)) types.set(type, readType(value, { type, section, served: served?.get(type) }, report));
    else report(keyNode, `'${section}.${type}' must be a map`);
  }
  return types;
}

/** Of keys whose name is another in the engine. */
const KEYS: Readonly<Record<string, string>> = {
  force_new: "forceNew",
  force_new_if: "forceNewIf",
  exactly_one_of: "exactlyOneOf",
  at_least_one_of: "atLeastOneOf",
  required_with: "requiredWith",
  computed_blocks: "computedBlocks",
  needs_one: "needsOne",
};

interface TypePlace {
  readonly type: string;
  readonly section: Section;
  readonly served: TypeSchema | undefined;
}

function readType(node: YAMLMap, { type, section, served }: TypePlace, report: Report): TypeOverlay {
  const place = `${section}.${type}`;
  const read: Partial<Record<keyof typeof CHECKS, unknown>> = {};
  const takenBack: string[] = [];
  for (const [key, { keyNode, value }] of entriesOf(node)) {
    const check: Check | undefined = Object.hasOwn(CHECKS, key)
      ? CHECKS[key as keyof typeof CHECKS]
      : undefined;
    const said = plain(value);
    if (check === undefined)
      report(keyNode, `unknown key '${key}' in '${place}': there is ${Object.keys(CHECKS).join(", ")}`);
    else if (!belongs(key, section)) report(keyNode, `'${key}' has no meaning in '${section}' ('${place}')`);
    else if (said === null && key !== "finds") takenBack.push(KEYS[key] ?? key);
    else if (check(said) !== undefined) report(value ?? keyNode, `'${place}.${key}' must be ${check(said)}`);
    else {
      const idle = served && idleKey(served.block, key, said);
      if (idle !== undefined) report(value ?? keyNode, `'${place}.${key}': ${idle}`);
      else read[key as keyof typeof CHECKS] = said;
    }
  }
  const { max_items: _limits, schema_version: _version, ...said } = read;
  const named = Object.entries(said).map(([key, value]) => [KEYS[key] ?? key, value]);
  return { ...Object.fromEntries(named), ...(takenBack.length > 0 && { takenBack }) } as TypeOverlay;
}

function belongs(key: string, section: Section): boolean {
  if (section === "parts") return IN_PARTS.has(key);
  return !(section === "data" ? ONLY_RESOURCES : ONLY_DATA).has(key);
}

function entriesOf(
  map: YAMLMap,
): ReadonlyMap<string, { readonly keyNode: unknown; readonly value: unknown }> {
  return new Map(
    map.items.map(({ key, value }) => [
      String(isScalar(key) ? key.value : key),
      { keyNode: key, value: value ?? undefined },
    ]),
  );
}

function plain(node: unknown): unknown {
  return isMap(node) || isSeq(node) || isScalar(node) ? node.toJSON() : undefined;
}
