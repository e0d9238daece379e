import { child, type SpecNode, textsOf } from "../spec/node.ts";
import { byCodePoint } from "../text/compare.ts";
import type { CheckSpec } from "./stack.ts";
import { definitionEntries, mapValue, type StackReading } from "./stack-reading.ts";

/** What a check can be. */
export const CHECK_KINDS: ReadonlySet<string> = new Set(["http", "tcp", "command", "s3", "lambda", "glue"]);

/** The smoke tests of a stack, by name. */
export function readChecks(reading: StackReading): CheckSpec[] {
  const checks = [...definitionEntries(reading, "checks")].map(
    ([name, { value: node, keyRange }]): CheckSpec => {
      const kinds = node.kind === "map" ? [...node.entries.keys()].filter((key) => CHECK_KINDS.has(key)) : [];
      const [kind = ""] = kinds;
      return {
        name,
        kind,
        after: textsOf(child(node, "after")),
        settings: mapValue(reading.inCheck(child(node, kind))),
        attempts: numberOf(child(node, "attempts")) ?? 3,
        intervalSeconds: numberOf(child(node, "interval")) ?? 2,
        timeoutSeconds: numberOf(child(node, "timeout")) ?? 30,
        range: keyRange,
      };
    },
  );
  return checks.sort((left, right) => byCodePoint(left.name, right.name));
}

function numberOf(node: SpecNode | undefined): number | undefined {
  return node?.kind === "scalar" && typeof node.value === "number" ? node.value : undefined;
}
