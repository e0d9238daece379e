import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Range } from "../source/source.ts";
import { child } from "../spec/node.ts";
import type { Stack } from "../stacks/stack.ts";
import { holdsInvalid, toPlain } from "../templates/value.ts";
import { byCodePoint } from "../text/compare.ts";
import type { PlatformRule } from "./rule.ts";

interface Sharing {
  readonly what: string;
  readonly identityOf: (stack: Stack) => string | undefined;
  readonly nameOf: (stack: Stack) => string;
  readonly rangeOf: (stack: Stack) => Range;
  readonly hint: string;
}

const ADDRESS: Sharing = {
  what: "the address",
  identityOf: (stack) => stack.address.toLowerCase(),
  nameOf: (stack) => stack.address,
  rangeOf: (stack) => child(stack.definition, "address")?.range ?? stack.spec.range,
  hint: "give one of them another 'address'",
};
const STATE: Sharing = {
  what: "the state",
  identityOf: stateIdentity,
  nameOf: (stack) => `${stack.state.backend} ${stack.state.key}`,
  rangeOf: (stack) => stack.state.range,
  hint: "put {{stack.address}} into 'key', or give one of the stacks a 'state' of its own",
};

/** No two stacks share an address, and no two states a place in a backend; those that share an address share the rest too. */
export const onePlaceEach: PlatformRule = ({ stacks }) => {
  const byAddress = clashes(stacks, ADDRESS);
  return byAddress.length > 0 ? byAddress : clashes(stacks, STATE);
};

/** One place in one backend; a file system may take two keys for one that differ in case alone. */
function stateIdentity({ state }: Stack): string | undefined {
  if (state.key === "" || holdsInvalid(state.config)) return undefined;
  const config = [...state.config].sort(([left], [right]) => byCodePoint(left, right));
  const key = state.backend === "local" ? state.key.toLowerCase() : state.key;
  return JSON.stringify(
    [state.backend, key, config.map(([name, value]) => [name, toPlain(value)])],
    plainNumber,
  );
}

function plainNumber(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

function clashes(
  stacks: readonly Stack[],
  { what, identityOf, nameOf, rangeOf, hint }: Sharing,
): Diagnostic[] {
  const firstByIdentity = new Map<string, Stack>();
  const found: Diagnostic[] = [];
  for (const stack of stacks) {
    const identity = identityOf(stack);
    if (identity === undefined) continue;
    const first = firstByIdentity.get(identity);
    if (!first) firstByIdentity.set(identity, stack);
    else {
      const both =
        first.address === stack.address
          ? `stacks '${first.name}' and '${stack.name}'`
          : `'${first.address}' and '${stack.address}'`;
      found.push({
        code: "clash",
        severity: "error",
        message: `${both} would share ${what} '${nameOf(stack)}'`,
        hint,
        range: rangeOf(stack),
        ...(first.name !== stack.name && {
          related: [{ message: `the other one is stack '${first.name}'`, range: first.spec.range }],
        }),
      });
    }
  }
  return found;
}
