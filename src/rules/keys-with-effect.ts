import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Range } from "../source/source.ts";
import type { MapNode } from "../spec/node.ts";
import type { GithubSpec } from "../spec/platform.ts";
import type { SpecRule } from "./rule.ts";
import { layersOf } from "./valid-names.ts";

/** What says where a stack is stands at the stack alone: no layer can move it. */
const PLACE_KEYS = ["environments", "per", "app"];

/** No key stands where it would have no effect. */
export const keysWithEffect: SpecRule = (spec) => [
  ...layersOf(spec).flatMap((layer) =>
    misplaced(
      layer,
      PLACE_KEYS,
      (key) => `'${key}' has no effect in a layer`,
      "write it at the stack itself, under 'stacks'",
    ),
  ),
  ...[...spec.providers.values()].flatMap(({ node, alias, localName }) =>
    alias === undefined
      ? []
      : misplaced(
          node,
          ["source", "version"],
          (key) => `'${key}' has no effect at an alias`,
          `write it at '${localName}': all aliases of a provider are one provider`,
        ),
  ),
  ...rehearsedNowhere(spec.github),
  ...driftOfNothing(spec.github),
];

/** A workflow that only rehearses, and rehearses nothing, is none. */
function rehearsedNowhere({ target, rehearse, settings }: GithubSpec): Diagnostic[] {
  if (target !== "rehearsal" || rehearse?.length !== 0) return [];
  return misplaced(
    settings,
    ["rehearse"],
    () => "with 'target: rehearsal' the workflow does nothing but rehearse, and here it may not",
    "take 'rehearse' out, or name environments under it",
  );
}

/** What a job applies elsewhere than in the cloud ends with that job. */
function driftOfNothing({ target, settings }: GithubSpec): Diagnostic[] {
  if (target === "cloud") return [];
  return misplaced(
    settings,
    ["drift"],
    () => `with 'target: ${target}' nothing stays that could drift`,
    "take 'drift' out, or let the workflow apply to the cloud",
  );
}

/** Keys of a map that have no effect where they are. */
export function misplaced(
  node: MapNode,
  keys: readonly string[],
  messageOf: (key: string) => string,
  hint: string,
): Diagnostic[] {
  return keys.flatMap((key) => {
    const range: Range | undefined = node.entries.get(key)?.keyRange;
    return range ? [{ code: "misplaced-key", severity: "error", message: messageOf(key), hint, range }] : [];
  });
}
