import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Range } from "../source/source.ts";
import type { Stack } from "../stacks/stack.ts";
import type { PlatformRule } from "./rule.ts";

/** No two stacks share an address, and no two states a place in a backend. */
export const onePlaceEach: PlatformRule = ({ stacks }) => [
  ...clashes(
    stacks,
    (stack) => stack.address,
    "the address",
    (stack) => stack.spec.range,
    "give one of them another 'address'",
  ),
  ...clashes(
    stacks,
    stateIdentity,
    "the state",
    (stack) => stack.state.range,
    "put {{stack.address}} into 'key', or give one of the stacks a 'state' of its own",
    (stack) => `${stack.state.backend} ${stack.state.key}`,
  ),
];

function stateIdentity(stack: Stack): string {
  const config = [...stack.state.config].map(([key, value]) => `${key}=${JSON.stringify(value)}`).sort();
  return [stack.state.backend, ...config, stack.state.key].join("\n");
}

function clashes(
  stacks: readonly Stack[],
  identityOf: (stack: Stack) => string,
  what: string,
  rangeOf: (stack: Stack) => Range,
  hint: string,
  nameOf: (stack: Stack) => string = identityOf,
): Diagnostic[] {
  const firstByIdentity = new Map<string, Stack>();
  const found: Diagnostic[] = [];
  for (const stack of stacks) {
    const first = firstByIdentity.get(identityOf(stack));
    if (!first) firstByIdentity.set(identityOf(stack), stack);
    else {
      found.push({
        code: "clash",
        severity: "error",
        message: `'${first.address}' (stack '${first.name}') and '${stack.address}' (stack '${stack.name}') would share ${what} '${nameOf(stack)}'`,
        hint,
        range: rangeOf(stack),
        related: [{ message: `the other one is stack '${first.name}'`, range: first.spec.range }],
      });
    }
  }
  return found;
}
