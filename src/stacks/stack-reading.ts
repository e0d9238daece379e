import type { ModuleContract } from "../modules/contract.ts";
import { child, type MapNode, type SpecNode } from "../spec/node.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import { evaluateNode, type Report } from "../templates/evaluate.ts";
import type { NameResult, TemplateScope } from "../templates/scope.ts";
import { computed, isMap, type Value, type ValueMap } from "../templates/value.ts";
import type { StackPlaces } from "./stack-places.ts";
import type { NameScopes } from "./name-scopes.ts";
import { readOutputName, readSelfName } from "./read-output-name.ts";
import type { StackInstance } from "./stack.ts";

/** What connecting one stack needs to know of all the others. */
export interface Surroundings {
  readonly spec: PlatformSpec;
  readonly scopes: NameScopes;
  readonly places: StackPlaces;
  /** Contracts of the modules that could be read, by source as written. */
  readonly contracts: ReadonlyMap<string, ModuleContract>;
  /** Finds a file or folder beside the spec, by its path from the project root. */
  readonly findPath: (path: string) => string | undefined;
  readonly report: Report;
}

/** One stack while its definition is read: each place of it has a scope of its own. */
export interface StackReading {
  readonly instance: StackInstance;
  readonly definition: MapNode;
  readonly around: Surroundings;
  readonly scope: TemplateScope;
  /** Where Terraform takes expressions: outputs, variables and paths may be read. */
  readonly inTerraform: (node: SpecNode | undefined) => Value;
  /** In checks, `self` too. */
  readonly inCheck: (node: SpecNode | undefined) => Value;
  /** Where the value must be known at compile time. */
  readonly known: (node: SpecNode | undefined) => Value;
}

const NOTHING: ValueMap = new Map();

/** Prepares the reading of one stack. */
export function readStack(instance: StackInstance, around: Surroundings): StackReading {
  const names = {
    outputs: readOutputName(instance, around.places),
    allowsVariables: true,
    file: (path: string) => readFileName(path, around.findPath),
  };
  const scope = around.scopes.dynamic(instance, names);
  const checkScope = around.scopes.dynamic(instance, { ...names, self: readSelfName(instance) });
  const staticScope = around.scopes.static(instance);
  const reader =
    (used: TemplateScope) =>
    (node: SpecNode | undefined): Value =>
      node ? evaluateNode(node, used, around.report) : NOTHING;
  return {
    instance,
    definition: instance.definition,
    around,
    scope,
    inTerraform: reader(scope),
    inCheck: reader(checkScope),
    known: reader(staticScope),
  };
}

/** The map that a value is, or an empty one. */
export function mapValue(value: Value): ValueMap {
  return isMap(value) ? value : NOTHING;
}

/** The entries of a map in the definition of a stack, with the maps that they hold. */
export function definitionEntries(reading: StackReading, key: string): MapNode["entries"] {
  const node = child(reading.definition, key);
  return node?.kind === "map" ? node.entries : new Map();
}

function readFileName(path: string, findPath: Surroundings["findPath"]): NameResult {
  const found = findPath(path);
  if (found !== undefined) return { status: "ok", value: computed({ kind: "path", path: found }) };
  return {
    status: "bad",
    code: "unknown-name",
    message: `there is no file or folder '${path}' beside the spec`,
    hint: "paths begin at the folder of the spec",
  };
}
