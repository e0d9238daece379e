import type { PlatformSpec } from "../spec/platform.ts";
import type { Report } from "../templates/evaluate.ts";
import type { TemplateScope } from "../templates/scope.ts";
import { lookUpName, notKnown } from "./look-up-name.ts";
import type { DynamicNames, StackVars } from "./name-surroundings.ts";
import type { StackInstance } from "./stack.ts";
import { stackVars } from "./stack-vars.ts";

/** Makes the scopes in which templates of a stack are evaluated. */
export interface NameScopes {
  /** Only names that are known at compile time. */
  readonly static: (instance: StackInstance) => TemplateScope;
  /** Known names and the given others. */
  readonly dynamic: (instance: StackInstance, names: DynamicNames) => TemplateScope;
  /** `vars` as the stack sees them. */
  readonly vars: (instance: StackInstance) => StackVars;
}

/** Scopes over a platform; `vars` of a stack are evaluated when they are first read. */
export function nameScopes(spec: PlatformSpec, report: Report): NameScopes {
  const varsByInstance = new WeakMap<StackInstance, StackVars>();
  const varsOf = (instance: StackInstance): StackVars => {
    const known = varsByInstance.get(instance);
    if (known) return known;
    const vars = stackVars(spec, instance, report);
    varsByInstance.set(instance, vars);
    return vars;
  };
  const scope = (instance: StackInstance, names: DynamicNames): TemplateScope => ({
    name: (path, coordinates, range) =>
      lookUpName({ spec, instance, vars: varsOf(instance), names }, path, coordinates, range),
    file: (path) => (names.file ? names.file(path) : notKnown(`path '${path}'`)),
  });
  return { static: (instance) => scope(instance, {}), dynamic: scope, vars: varsOf };
}
