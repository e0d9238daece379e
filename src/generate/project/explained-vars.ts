import { isCollection, isMap, isNode, isPair, isScalar, type Node, parseDocument } from "yaml";

/** An entry of `vars` with what the comment beside or above it says. */
export interface ExplainedVar {
  readonly name: string;
  /** As it is written, undefined where that is long. */
  readonly value: string | undefined;
  readonly comment: string;
}

const LONGEST_VALUE = 60;

/** The entries of `vars` that have a comment: what somebody is meant to change. */
export function explainedVars(text: string): readonly ExplainedVar[] {
  const document = parseDocument(text, { logLevel: "silent" });
  const vars = document.get("vars", true);
  if (!isMap(vars)) return [];
  return vars.items.flatMap((pair, index) => {
    if (!isPair(pair) || !isScalar(pair.key) || !isNode(pair.value)) return [];
    // What stands above the first entry belongs to the map.
    const above = pair.key.commentBefore ?? (index === 0 ? vars.commentBefore : undefined);
    const comment = [above, pair.value.comment].map(oneLine).filter(Boolean).join(" ");
    if (comment === "") return [];
    return [{ name: String(pair.key.value), value: written(text, pair.value), comment }];
  });
}

function written(text: string, node: Node): string | undefined {
  if (isCollection(node) && !node.flow) return undefined;
  const { range } = node;
  const value = range ? text.slice(range[0], range[1]).trim() : "";
  return value === "" || value.length > LONGEST_VALUE || value.includes("\n") ? undefined : value;
}

function oneLine(comment: string | null | undefined): string {
  return (comment ?? "").replace(/\s+/g, " ").trim();
}
