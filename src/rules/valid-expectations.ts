import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SuiteProblem } from "../quality/read-expectation.ts";
import { readSuite } from "../quality/read-suite.ts";
import { child, type MapNode, nodeAt, type SpecNode } from "../spec/node.ts";
import type { QualitySpec } from "../spec/platform.ts";
import type { Platform } from "../stacks/platform-model.ts";
import { SUITE } from "../stacks/read-checks.ts";
import type { CheckSpec, Stack } from "../stacks/stack.ts";
import { INVALID, isMap, type Value, type ValueMap } from "../templates/value.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { PlatformRule } from "./rule.ts";

/** What is expected of data can be looked at, and a check of data says what data and by which suite. */
export const validExpectations: PlatformRule = (platform) => [
  ...[...platform.spec.quality.values()].flatMap((suite) => inSuite(suite, platform)),
  ...platform.stacks.flatMap((stack) => stack.checks.flatMap((check) => inCheck(check, stack, platform))),
];

/** As its checks read it; an entry without checks, or where checks do not know all, is read as it is written. */
function inSuite({ name, node }: QualitySpec, { stacks }: Platform): Diagnostic[] {
  const readings = stacks.flatMap(({ checks }) =>
    checks.flatMap(({ kind, settings }) => {
      const entry = settings.get(SUITE);
      return kind === "quality" && settings.get("suite") === name && entry !== undefined && isMap(entry)
        ? [entry]
        : [];
    }),
  );
  const problems = [...readings, plainly(node)].flatMap((reading) => readSuite(name, reading).problems);
  const problemByText = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...problemByText.values()].map((problem) => diagnosticOf(problem, node));
}

function diagnosticOf({ at, message, hint }: SuiteProblem, node: MapNode): Diagnostic {
  const place = nodeAt(node, at) ?? node;
  const key = at.at(-1);
  const owner = nodeAt(node, at.slice(0, -1));
  // The name of an expectation is smaller than all that it says.
  const isName = at.length === 3 && owner?.kind === "map" && place.kind === "map";
  const keyRange =
    isName && typeof key === "string" && owner.kind === "map" ? owner.entries.get(key)?.keyRange : undefined;
  return { code: "bad-expectation", severity: "error", message, hint, range: keyRange ?? place.range };
}

/** What is written, as far as it is no template. */
function plainly(node: MapNode): ValueMap {
  return new Map([...node.entries].map(([key, { value }]) => [key, valueOf(value)]));
}

function valueOf(node: SpecNode): Value {
  if (node.kind === "map") return plainly(node);
  if (node.kind === "list") return node.items.map(valueOf);
  if (node.kind === "unset") return INVALID;
  return typeof node.value === "string" && !node.isRaw && node.value.includes("{{") ? INVALID : node.value;
}

function inCheck({ name, kind, settings, range }: CheckSpec, stack: Stack, { spec }: Platform): Diagnostic[] {
  if (kind !== "quality") return [];
  const written = child(child(child(stack.definition, "checks"), name), "quality");
  const suite = settings.get("suite");
  const bad = (message: string, hint: string, node: SpecNode | undefined): Diagnostic => ({
    code: "bad-check",
    severity: "error",
    message,
    hint,
    range: node?.range ?? range,
  });
  const hasObjects = settings.has("s3");
  const hasTable = settings.has("postgres");
  return [
    ...(typeof suite === "string" && !spec.quality.has(suite)
      ? [
          bad(
            `there is no '${suite}' under 'quality'`,
            didYouMean(suite, [...spec.quality.keys()], "its entries are", "it has no entries"),
            child(written, "suite"),
          ),
        ]
      : []),
    ...(hasObjects === hasTable
      ? [
          bad(
            hasObjects
              ? `check '${name}' names two places of data`
              : `check '${name}' does not say where the data is`,
            hasObjects ? "make a check of each" : "add 's3', or 'postgres' and 'table'",
            written,
          ),
        ]
      : []),
    ...(hasTable && !settings.has("table")
      ? [bad(`check '${name}' names no table`, "add 'table'", written)]
      : []),
    ...(hasObjects && !hasTable && (settings.has("table") || settings.has("schema"))
      ? [bad(`check '${name}' looks at files, which have no table`, "take 'table' and 'schema' out", written)]
      : []),
  ];
}
