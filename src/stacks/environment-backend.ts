import { child, textOf } from "../spec/node.ts";
import type { EnvironmentSpec, PlatformSpec } from "../spec/platform.ts";
import { evaluateNode } from "../templates/evaluate.ts";
import { toPlain } from "../templates/value.ts";
import { environmentScope } from "./environment-scope.ts";

/** A backend as the platform's own `state` names it for an environment, without any stack. */
export interface EnvironmentBackend {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Where the states of an environment lie that has no stacks; undefined where the spec says so only of a stack. */
export function environmentBackend(
  spec: PlatformSpec,
  environment: EnvironmentSpec,
): EnvironmentBackend | undefined {
  const [one, other] = ["one", "other"].map((name) => configFor(spec, environment, name));
  if (one === undefined || JSON.stringify(one) !== JSON.stringify(other)) return undefined;
  return { type: textOf(child(spec.state, "backend")) ?? "local", config: one };
}

/** The settings as a stack of that name would have them; undefined where a mistake is in them. */
function configFor(
  spec: PlatformSpec,
  environment: EnvironmentSpec,
  name: string,
): EnvironmentBackend["config"] | undefined {
  const node = child(spec.state, "config");
  if (!node) return {};
  let isKnown = true;
  const report = (): void => void (isKnown = false);
  const scope = environmentScope(spec, environment, name, report);
  const value = toPlain(evaluateNode(node, scope, report));
  return isKnown ? (value as EnvironmentBackend["config"]) : undefined;
}
