import { child, type SpecNode, textsOf } from "../spec/node.ts";
import { byCodePoint } from "../text/compare.ts";
import type { ValueMap } from "../templates/value.ts";
import type { CheckSpec } from "./stack.ts";
import { definitionEntries, mapValue, type StackReading } from "./stack-reading.ts";

/** What a check can be. */
export const CHECK_KINDS: ReadonlySet<string> = new Set([
  "http",
  "tcp",
  "command",
  "s3",
  "lambda",
  "glue",
  "sql",
  "quality",
]);

/** The setting of a check of data under which its suite's own entry stands. */
export const SUITE = "expected";

/** The smoke tests of a stack, by name. */
export function readChecks(reading: StackReading): CheckSpec[] {
  const checks = [...definitionEntries(reading, "checks")].map(
    ([name, { value: node, keyRange }]): CheckSpec => {
      const kinds = node.kind === "map" ? [...node.entries.keys()].filter((key) => CHECK_KINDS.has(key)) : [];
      const [kind = ""] = kinds;
      const targets = textsOf(child(node, "targets"));
      return {
        name,
        kind,
        after: textsOf(child(node, "after")),
        ...(targets.length > 0 && { targets }),
        settings: settingsOf(reading, kind, child(node, kind)),
        attempts: numberOf(child(node, "attempts")) ?? 3,
        intervalSeconds: numberOf(child(node, "interval")) ?? 2,
        timeoutSeconds: numberOf(child(node, "timeout")) ?? 30,
        range: keyRange,
      };
    },
  );
  return checks.sort((left, right) => byCodePoint(left.name, right.name));
}

/** Of a check of data, what its suite expects too: templates there are read as if they stood in the check. */
function settingsOf(reading: StackReading, kind: string, node: SpecNode | undefined): ValueMap {
  const settings = mapValue(reading.inCheck(node));
  const suite =
    kind === "quality" ? reading.around.spec.quality.get(String(settings.get("suite"))) : undefined;
  return suite === undefined ? settings : new Map([...settings, [SUITE, reading.inCheck(suite.node)]]);
}

function numberOf(node: SpecNode | undefined): number | undefined {
  return node?.kind === "scalar" && typeof node.value === "number" ? node.value : undefined;
}
