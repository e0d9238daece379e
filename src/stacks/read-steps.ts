import { child, textsOf } from "../spec/node.ts";
import { expressionsIn } from "../templates/value.ts";
import { byCodePoint } from "../text/compare.ts";
import type { StepSpec } from "./stack.ts";
import { definitionEntries, mapValue, type StackReading } from "./stack-reading.ts";

/** What a step can be. */
export const STEP_KINDS: ReadonlySet<string> = new Set(["sql", "command"]);

/** The steps of a stack beside Terraform: by name, each after those that it names. */
export function readSteps(reading: StackReading): readonly StepSpec[] {
  const steps = [...definitionEntries(reading, "steps")].map(
    ([name, { value: node, keyRange }]): StepSpec => {
      const kinds = node.kind === "map" ? [...node.entries.keys()].filter((key) => STEP_KINDS.has(key)) : [];
      const [kind = ""] = kinds;
      const settings = mapValue(reading.inCheck(child(node, kind)));
      const timeout = child(node, "timeout");
      return {
        name,
        kind,
        after: textsOf(child(node, "after")),
        settings,
        paths: [
          ...new Set(expressionsIn(settings).flatMap((one) => (one.kind === "path" ? [one.path] : []))),
        ].sort(byCodePoint),
        timeoutSeconds: timeout?.kind === "scalar" && typeof timeout.value === "number" ? timeout.value : 300,
        range: keyRange,
      };
    },
  );
  return inOrder(steps.sort((left, right) => byCodePoint(left.name, right.name)));
}

/** Each after what it names; a circle, which a rule tells, comes last. */
function inOrder(steps: readonly StepSpec[]): readonly StepSpec[] {
  const rest = [...steps];
  const ordered: StepSpec[] = [];
  while (rest.length > 0) {
    const ready = rest.findIndex((step) => !rest.some((other) => step.after.includes(other.name)));
    if (ready < 0) return [...ordered, ...rest];
    ordered.push(...rest.splice(ready, 1));
  }
  return ordered;
}
