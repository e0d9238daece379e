import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { MovedAddress, Stack } from "../stacks/stack.ts";
import type { PlatformRule } from "./rule.ts";

const WRITTEN = /^[a-z0-9]+(-[a-z0-9]+)*(\/[a-z0-9]+(-[a-z0-9]+)*)*$/;

/** An earlier address is one that the stack can have had, that no stack has now, and that one stack alone takes over. */
export const distinctMoves: PlatformRule = (platform) => {
  const takenBy = new Map<string, { readonly stack: Stack; readonly moved: MovedAddress }>();
  return platform.stacks.flatMap((stack) =>
    stack.moved.flatMap((moved): Diagnostic[] => {
      const problem = problemOf(stack, moved, platform);
      if (problem) return [{ code: "bad-moved", severity: "error", ...problem, range: moved.range }];
      const other = takenBy.get(moved.address);
      if (!other) takenBy.set(moved.address, { stack, moved });
      if (!other || other.stack === stack) return [];
      return [
        {
          code: "bad-moved",
          severity: "error",
          message: `the state of '${moved.address}' would go to both '${other.stack.address}' and '${stack.address}'`,
          hint: "one state goes to one stack: take the entry out of one of them",
          range: moved.range,
          related: [{ message: `'${other.stack.address}' takes it here`, range: other.moved.range }],
        },
      ];
    }),
  );
};

function problemOf(
  stack: Stack,
  { written, address }: MovedAddress,
  { spec, stackByAddress }: Platform,
): Pick<Diagnostic, "message" | "hint"> | undefined {
  if (!WRITTEN.test(written))
    return {
      message: `'${written}' is no address that a stack can have had`,
      hint: "write what its 'address', or else its name, was: 'storage/raw'",
    };
  const [first = "", ...rest] = written.split("/");
  if (rest.length > 0 && spec.environments.has(first))
    return {
      message: `'${written}' begins with the environment '${first}'`,
      hint: `leave it out, as in 'address': the stack has moved in every environment that it is in: '${rest.join("/")}'`,
    };
  const now = stackByAddress.get(address);
  if (!now) return undefined;
  return {
    message: `'${address}' is a stack of the spec, so its state cannot be another stack's`,
    hint:
      now === stack
        ? "take the entry out: the stack is there still"
        : `take the entry out, or give stack '${now.name}' another address`,
  };
}
