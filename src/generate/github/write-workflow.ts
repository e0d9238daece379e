import { Document, isMap, Scalar, visit } from "yaml";
import { ACTIONS, usesAction } from "./actions.ts";
import type { Tree } from "./workflow-tree.ts";

/** Plain in every version of YAML. */
const PLAIN = /^[A-Za-z$][\w ./@${}()<>!=&|'*+,:-]*$/;
/** Words that some readers of YAML take for something other than text. */
const WORDS = /^(y|n|yes|no|on|off|true|false|null|nan)$/i;
/** Signs that a reader may take for a line break, or that nobody sees: they stand escaped. */
const UNSEEN = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** A workflow as YAML, the same bytes everywhere; each action has its version behind its commit. */
export function writeWorkflow(tree: Tree, head: readonly string[]): string {
  const document = new Document(withoutAbsent(tree));
  visit(document, {
    Scalar: (key, node) => {
      if (typeof node.value === "string") node.type = styleOf(node.value, key === "key");
    },
    Map: (_key, node) => {
      if (isMap(node) && node.items.length === 0) node.flow = true;
    },
  });
  const text = document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Infinity });
  const escaped = text.replace(UNSEEN, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `${head.map((line) => `# ${line}`.trimEnd() + "\n").join("")}${withVersions(escaped)}`;
}

function styleOf(text: string, isKey: boolean): Scalar.Type {
  if (text.endsWith("\n") && !isKey && !UNSAFE_BLOCK.test(text)) return "BLOCK_LITERAL";
  if (isKey && text === "on") return "PLAIN";
  return PLAIN.test(text) && !WORDS.test(text) ? "PLAIN" : "QUOTE_DOUBLE";
}

const UNSAFE_BLOCK = /^[\s]|[^\n\x20-\x7e]/;

function withVersions(text: string): string {
  return Object.values(ACTIONS).reduce(
    (result, action) =>
      result.replaceAll(`uses: ${usesAction(action)}\n`, `uses: ${usesAction(action)} # ${action.version}\n`),
    text,
  );
}

function withoutAbsent(tree: Tree): Tree {
  if (Array.isArray(tree)) return (tree as readonly Tree[]).map(withoutAbsent);
  if (typeof tree !== "object") return tree;
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, withoutAbsent(value)]],
    ),
  );
}
