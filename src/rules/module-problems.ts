import { suggest } from "../diagnostics/suggest.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { isTofuFile } from "../modules/configuration-files.ts";
import type { FoundModule } from "../modules/load-modules.ts";
import { isTemplate } from "../templates/parse-template.ts";
import { child, type SpecNode, textOf } from "../spec/node.ts";
import type { StackInstance } from "../stacks/stack.ts";
import { type Flavour, FLAVOURS } from "../text/flavour.ts";

/** Names of the modules that there are: those of the project, and those that platc ships. */
export interface KnownModules {
  /** Whose files are read. */
  readonly flavour: Flavour;
  readonly project: readonly string[];
  readonly shipped: readonly string[];
}

/** A module that a stack calls is there, and its HCL can be read. */
export function moduleProblems(
  instances: readonly StackInstance[],
  modules: ReadonlyMap<string, FoundModule>,
  known: KnownModules,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const { definition } of instances) {
    for (const node of sourceNodes(definition)) {
      const module = modules.get(textOf(node) ?? "");
      if (!module || module.status === "ok") continue;
      found.push(
        module.status === "missing" ? missing(module, node, known) : unreadable(module, node, known),
      );
    }
  }
  return found;
}

function sourceNodes(definition: SpecNode): readonly SpecNode[] {
  const several = child(definition, "modules");
  const calls =
    several?.kind === "map" ? [...several.entries.values()].map((entry) => child(entry.value, "module")) : [];
  return [child(definition, "module"), ...calls].filter((node) => node !== undefined);
}

function missing(module: FoundModule, node: SpecNode, known: KnownModules): Diagnostic {
  if (isTemplate(module.source))
    return {
      code: "template-not-allowed",
      severity: "error",
      message: "'module' is taken as it is, without templates",
      hint: "name the module; where an environment or customer has another one, write it in a layer",
      range: node.range,
    };
  const near = suggest(module.source, [...known.project, ...known.shipped]);
  const places = known.shipped.length > 0 ? ` in 'modules/', nor does platc ship one of this name` : "";
  return {
    code: "unknown-module",
    severity: "error",
    message: `there is no module '${module.source}'${places}`,
    hint: missingHint(module, known, near),
    range: node.range,
  };
}

function missingHint({ files, folder }: FoundModule, { flavour }: KnownModules, near?: string): string {
  if (flavour === "terraform" && files.some(isTofuFile))
    return `'${folder}/' holds files for OpenTofu alone: 'terraform: { command: tofu }' in the spec reads them`;
  if (near) return `did you mean '${near}'?`;
  return `put its ${flavour === "opentofu" ? ".tf or .tofu" : ".tf"} files into '${folder}/'`;
}

function unreadable(module: FoundModule, node: SpecNode, { flavour }: KnownModules): Diagnostic {
  const problems = module.problems.map(
    ({ file, line, column, message }) =>
      `${module.folder}/${file}${line === undefined ? "" : `:${line}:${column ?? 1}`}: ${message}`,
  );
  return {
    code: "bad-module",
    severity: "error",
    message: `module '${module.source}'${module.isShipped ? ", which platc ships," : ""} cannot be read: ${problems.join("; ")}`,
    hint: module.isShipped
      ? `a module of your own in 'modules/${module.source}/' takes its place`
      : `'${FLAVOURS[flavour].program} validate' in the module's folder tells more`,
    range: node.range,
  };
}
