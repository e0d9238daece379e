import { type Document, type Node, parseAllDocuments } from "yaml";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { rangeIn } from "../source/range-in.ts";
import type { SourceFile } from "../source/source.ts";
import { emptyMap } from "./node.ts";
import type { ParsedYaml } from "./parsed-yaml.ts";
import { syntaxProblems } from "./syntax-problems.ts";
import { YamlReader } from "./yaml-reader.ts";
import { YAML_TAGS } from "./yaml-tags.ts";

/** Reads YAML text into a tree that knows where everything stands. It never throws. */
export function parseYaml(file: SourceFile): ParsedYaml {
  const parsed = parseAllDocuments(file.text, {
    intAsBigInt: true,
    uniqueKeys: false,
    prettyErrors: false,
    stringKeys: false,
    customTags: [...YAML_TAGS],
    logLevel: "silent",
  });
  const documents: readonly Document[] = Array.isArray(parsed) ? parsed : [];
  const [first, second] = documents;
  const problems = documents.flatMap((document) => syntaxProblems(document, file));
  const refused = [...problems, ...(second ? [secondDocument(second, file)] : [])];
  if (!first?.contents || refused.length > 0)
    return { node: emptyMap(rangeIn(file, 0, 0)), diagnostics: refused };
  const reader = new YamlReader(file);
  return { node: reader.read(first, first.contents as Node), diagnostics: reader.diagnostics };
}

function secondDocument(document: Document, file: SourceFile): Diagnostic {
  const at = Math.max(file.text.lastIndexOf("---", document.range?.[0] ?? 0), 0);
  return {
    code: "several-documents",
    severity: "error",
    message: "a spec is one YAML document, and here a second one begins",
    hint: "join the documents, or put the second one into a file of its own and name it under 'include'",
    range: rangeIn(file, at, at + 3),
  };
}
