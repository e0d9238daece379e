import { Document, isMap, Scalar, visit } from "yaml";

/** What YAML is written of; what is undefined is left out. */
export type YamlTree =
  string | number | boolean | readonly YamlTree[] | { readonly [key: string]: YamlTree | undefined };

/** Plain in every version of YAML. */
const PLAIN = /^[A-Za-z_./][\w ./@+-]*$/;
const WORDS = /^(y|n|yes|no|on|off|true|false|null|nan|\..*)$/i;
const UNSEEN = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** A tree as YAML, the same bytes everywhere. */
export function writeYaml(tree: YamlTree, head: readonly string[]): string {
  const document = new Document(present(tree), { anchorPrefix: "airflow" });
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value !== "string") return;
      node.type =
        PLAIN.test(node.value) && !WORDS.test(node.value) && !node.value.endsWith(" ")
          ? Scalar.PLAIN
          : Scalar.QUOTE_DOUBLE;
    },
    Map: (_key, node) => {
      if (isMap(node) && node.items.length === 0) node.flow = true;
    },
  });
  const text = document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Infinity });
  const escaped = text.replace(UNSEEN, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `${head.map((line) => `# ${line}`.trimEnd() + "\n").join("")}${escaped}`;
}

/** Without what is undefined; an environment that several services share stays one, and is written once. */
function present(tree: YamlTree, seen = new Map<YamlTree, YamlTree>()): YamlTree {
  if (Array.isArray(tree)) return (tree as readonly YamlTree[]).map((item) => present(item, seen));
  if (typeof tree !== "object") return tree;
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) => {
      if (value === undefined) return [];
      const earlier = key === "environment" ? seen.get(value) : undefined;
      const made = earlier ?? present(value, seen);
      seen.set(value, made);
      return [[key, made]];
    }),
  );
}
