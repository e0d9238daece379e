import { explanationToJson } from "../reports/render-explanation.ts";
import type { UnprovenValue } from "../run/run-event.ts";
import { ownLayerValues } from "../stacks/own-layer-values.ts";
import { explainStack } from "../stacks/explain-stack.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";

/** What the layers of a stack's own environment make other than it is where the stack was proven; secrets are hidden. */
export function unprovenValues(platform: Platform, stack: Stack, twin: Stack): readonly UnprovenValue[] {
  const { values, all } = ownLayerValues(platform, stack);
  const before = shownValues(platform, twin);
  return explanationToJson({ status: "ok", values, all }).flatMap(({ path, value, hidden, layers }) => {
    const proven = before.get(path);
    if (proven === value && !hidden) return [];
    const { origin = "", place } = layers.find(({ counts }) => counts) ?? {};
    return [
      {
        path,
        value,
        ...(proven !== undefined && !hidden && { proven }),
        origin,
        ...(place !== undefined && { place }),
      },
    ];
  });
}

function shownValues(platform: Platform, stack: Stack): ReadonlyMap<string, string> {
  const explanation = explainStack(platform, stack, undefined);
  if (explanation.status === "bad") return new Map();
  const { all } = explanation;
  return new Map(
    explanationToJson({ status: "ok", values: all, all }).map(({ path, value }) => [path, value] as const),
  );
}
