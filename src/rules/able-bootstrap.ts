import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { child } from "../spec/node.ts";
import type { Stack } from "../stacks/stack.ts";
import { holdsInvalid, toPlain } from "../templates/value.ts";
import type { PlatformRule } from "./rule.ts";

/** The stack that makes the state backend needs no other stack, and there is one for each backend that states lie in. */
export const ableBootstrap: PlatformRule = ({ spec, stacks }) => {
  const name = spec.bootstrap;
  if (name === undefined || !spec.stacks.has(name)) return [];
  const makers = stacks.filter((stack) => stack.name === name);
  return [...makers.flatMap(needsNothing), ...missingMakers(name, makers, stacks), ...severalMakers(makers)];
};

function needsNothing(maker: Stack): Diagnostic[] {
  return maker.references
    .filter((one) => one.kind !== "check" && one.address !== maker.address)
    .filter((one, index, all) => index === all.findIndex((other) => other.address === one.address))
    .map(({ address, range }) => ({
      code: "bad-bootstrap",
      severity: "error",
      message: `'${maker.address}' makes the state backend, and needs '${address}' before that`,
      hint: "it is applied before everything else; write what it needs as 'vars'",
      range,
    }));
}

function missingMakers(name: string, makers: readonly Stack[], stacks: readonly Stack[]): Diagnostic[] {
  const made = new Set(makers.map(backendOf));
  const found = new Map<string, Diagnostic>();
  for (const stack of stacks) {
    const isOwn = child(stack.definition, "state") !== undefined;
    const environment = stack.environment.name;
    if (isOwn || holdsInvalid(stack.state.config) || made.has(backendOf(stack)) || found.has(environment))
      continue;
    found.set(environment, {
      code: "bad-bootstrap",
      severity: "error",
      message: `nothing makes the state backend of environment '${environment}': stack '${name}' is not there`,
      hint: `add '${environment}' to the 'environments' of '${name}'`,
      range: makers[0]?.spec.range ?? stack.spec.range,
      related: [{ message: `this environment has stacks`, range: stack.environment.range }],
    });
  }
  return [...found.values()];
}

function severalMakers(makers: readonly Stack[]): Diagnostic[] {
  const firstByBackend = new Map<string, Stack>();
  return makers.flatMap((maker): Diagnostic[] => {
    const backend = backendOf(maker);
    const first = firstByBackend.get(backend);
    if (!first) firstByBackend.set(backend, maker);
    if (!first || holdsInvalid(maker.state.config)) return [];
    return [
      {
        code: "bad-bootstrap",
        severity: "error",
        message: `'${first.address}' and '${maker.address}' would make the same state backend`,
        hint: "put {{environment.name}} into the 'config' of 'state', or have the stack in one environment",
        range: maker.spec.range,
      },
    ];
  });
}

function backendOf({ state }: Stack): string {
  return JSON.stringify([state.backend, toPlain(state.config)], (_key, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}
