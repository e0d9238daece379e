import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SourceFile } from "../source/source.ts";
import type { SpecNode } from "./node.ts";

/** The tree of a YAML text and every mistake in it; the tree is what could be read despite them. */
export interface ParsedYaml {
  readonly node: SpecNode;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a YAML file; mistakes in it are returned. */
export type ParseYaml = (file: SourceFile) => Promise<ParsedYaml>;
