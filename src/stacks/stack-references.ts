import type { Expression } from "../templates/value.ts";
import { byCodePoint } from "../text/compare.ts";
import type { ConsumedOutput, StackReference } from "./stack.ts";

/** Every reference to an output among expressions; `self` names outputs of the stack at `address`. */
export function referencesIn(
  expressions: readonly Expression[],
  kind: StackReference["kind"],
  address: string,
): readonly StackReference[] {
  const result: StackReference[] = [];
  for (const expression of expressions) {
    if (expression.kind === "self")
      result.push({ kind, address, output: expression.output, range: expression.range });
    if (expression.kind !== "output") continue;
    const { instances, output, range } = expression;
    const addresses = instances.kind === "one" ? [instances.address] : [...instances.addressByKey.values()];
    for (const one of addresses) result.push({ kind, address: one, output, range });
  }
  return result;
}

/** The outputs that references read, each once, sorted. */
export function consumedOutputs(references: readonly StackReference[]): readonly ConsumedOutput[] {
  const result = new Map<string, ConsumedOutput>();
  for (const { address, output } of references) {
    if (output !== undefined) result.set(`${address}#${output}`, { address, output });
  }
  return [...result].sort(([left], [right]) => byCodePoint(left, right)).map(([, one]) => one);
}
