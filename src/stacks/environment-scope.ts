import type { EnvironmentSpec, PlatformSpec } from "../spec/platform.ts";
import type { Report } from "../templates/evaluate.ts";
import type { TemplateScope } from "../templates/scope.ts";
import { nameScopes } from "./name-scopes.ts";

/** Names that are known in an environment outside of any stack: `platform`, `environment` and `vars`. */
export function environmentScope(
  spec: PlatformSpec,
  environment: EnvironmentSpec,
  name: string,
  report: Report,
): TemplateScope {
  return nameScopes(spec, report).static({
    spec: { name, range: environment.range, node: environment.node },
    name,
    environment,
    customer: undefined,
    each: undefined,
    app: undefined,
    address: `${environment.name}/${name}`,
    stage: name,
    layers: [],
    definition: environment.node,
  });
}
