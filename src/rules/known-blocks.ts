import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { suggest } from "../diagnostics/suggest.ts";
import { child } from "../spec/node.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { SpecRule } from "./rule.ts";
import { definitionsOf } from "./valid-names.ts";

/** What stands at the top of a configuration in Terraform's JSON; `//` is a remark. */
const BLOCKS = [
  "terraform",
  "provider",
  "variable",
  "locals",
  "data",
  "resource",
  "module",
  "output",
  "check",
  "moved",
  "import",
  "removed",
  "ephemeral",
  "action",
];

/** What `extra` lays over a stack are blocks that Terraform has. */
export const knownBlocks: SpecRule = (spec) =>
  definitionsOf(spec).flatMap((definition) => {
    const extra = child(definition, "extra");
    return extra?.kind === "map"
      ? [...extra.entries]
          .filter(([name]) => name !== "//" && !BLOCKS.includes(name))
          .map(([name, { keyRange }]): Diagnostic => ({
            code: "unknown-key",
            // What is near to none may be a block of a newer Terraform, and 'extra' is the way to it.
            severity: suggest(name, BLOCKS) === undefined ? "warning" : "error",
            message: `'${name}' is no block of Terraform that platc knows`,
            hint: didYouMean(name, BLOCKS, "its blocks are", ""),
            range: keyRange,
          }))
      : [];
  });
