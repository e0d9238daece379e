import { canonicalNode } from "../spec/canonical-node.ts";
import { child, textOf } from "../spec/node.ts";
import { type ExplainedValue, explainStack } from "./explain-stack.ts";
import type { Platform } from "./platform-model.ts";
import type { Stack } from "./stack.ts";

/**
 * The values of a stack that the layers of its own environment say, or of its customer there: no other environment has
 * them. Of `vars`, those that the stack can reach. `all` is every value of the stack, for who looks for its secrets.
 */
export function ownLayerValues(
  platform: Platform,
  stack: Stack,
): { readonly values: readonly ExplainedValue[]; readonly all: readonly ExplainedValue[] } {
  const explanation = explainStack(platform, stack, undefined);
  if (explanation.status === "bad") return { values: [], all: [] };
  const { all } = explanation;
  const environment = `'${stack.environment.name}'`;
  const own = new Set([`environment ${environment}`, `customer '${stack.customer ?? ""}' in ${environment}`]);
  const reached = reachedVars(platform, stack, all);
  const values = all.filter(
    ({ path, winner }) => own.has(winner.origin) && (path[0] !== "vars" || reached.has(path[1] ?? "")),
  );
  return { values, all };
}

/** The entries of `vars` that a stack names, or takes by `inputs_from`, and those that these name in turn. */
function reachedVars(
  { spec, contracts }: Platform,
  stack: Stack,
  all: readonly ExplainedValue[],
): ReadonlySet<string> {
  const reached = new Set<string>();
  const reach = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const { path, winner } of all)
      if (path[0] === "vars" && path[1] === name) follow(canonicalNode(winner.node));
  };
  const follow = (text: string): void => {
    for (const [, name = ""] of text.matchAll(/vars\.([A-Za-z0-9_-]+)/g)) reach(name);
  };
  const providers = [...stack.providers.keys()].flatMap((key) => spec.providers.get(key)?.config ?? []);
  for (const node of [stack.definition, spec.state, ...providers]) follow(canonicalNode(node));
  const takes = [stack.definition, ...callsOf(stack)].some(
    (node) => textOf(child(node, "inputs_from")) === "vars",
  );
  if (takes)
    for (const { source } of stack.modules)
      for (const name of contracts.get(source)?.inputs.keys() ?? []) reach(name);
  return reached;
}

function callsOf({ definition }: Stack) {
  const calls = child(definition, "modules");
  return calls?.kind === "map" ? [...calls.entries.values()].map(({ value }) => value) : [];
}
