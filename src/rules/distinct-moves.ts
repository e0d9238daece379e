import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { child, type SpecNode, textOf } from "../spec/node.ts";
import type { Stack } from "../stacks/stack.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { PlatformRule } from "./rule.ts";

/** An earlier address is one that a stack can have had, that no stack has now, and that one stack alone takes over. */
export const distinctMoves: PlatformRule = ({ stacks, stackByAddress, spec }) => {
  const found: Diagnostic[] = [];
  const takenBy = new Map<string, Stack>();
  const add = (node: SpecNode, message: string, hint: string): void =>
    void found.push({ code: "bad-moved", severity: "error", message, hint, range: node.range });
  for (const stack of stacks) {
    for (const node of movedNodes(stack)) {
      const address = textOf(node) ?? "";
      const [environment = "", ...rest] = address.split("/");
      const other = takenBy.get(address);
      if (rest.length === 0 || rest.some((part) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(part)))
        add(
          node,
          `'${address}' is no address of a stack`,
          `an address is environment, perhaps customer, and name, like '${stack.address}'`,
        );
      else if (!spec.environments.has(environment))
        add(
          node,
          `'${address}' begins with '${environment}', which is no environment`,
          didYouMean(environment, [...spec.environments.keys()], "the environments are", ""),
        );
      else if (stackByAddress.has(address))
        add(
          node,
          `'${address}' is a stack of the spec, so its state cannot be another stack's`,
          address === stack.address
            ? "a stack has not moved where it is now; take the entry out"
            : `take the entry out, or take stack '${stackByAddress.get(address)!.name}' out of '${environment}'`,
        );
      else if (other)
        add(
          node,
          `'${address}' would become both '${other.address}' and '${stack.address}'`,
          "one state goes to one stack; in a stack that is in several places, write 'moved' into the layer of the one that is meant",
        );
      else takenBy.set(address, stack);
    }
  }
  return found;
};

function movedNodes({ definition }: Stack): readonly SpecNode[] {
  const moved = child(definition, "moved");
  return moved?.kind === "list" ? moved.items : [];
}
