import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { suggest } from "../diagnostics/suggest.ts";
import { stackOutputs } from "../stacks/stack-outputs.ts";
import type { PlatformRule } from "./rule.ts";

/** A reference names an output that the upstream's modules declare, or the stack itself. */
export const knownOutputs: PlatformRule = ({ stacks, stackByAddress, contracts }) => {
  const found: Diagnostic[] = [];
  for (const stack of stacks) {
    for (const { address, output } of stack.consumed) {
      const upstream = stackByAddress.get(address);
      if (!upstream || upstream.modules.some((call) => !contracts.has(call.source))) continue;
      const known = [...stackOutputs(upstream, contracts).keys()];
      if (known.includes(output)) continue;
      const near = suggest(output, known);
      found.push({
        code: "unknown-output",
        severity: "error",
        message: `'${address}' has no output '${output}', which '${stack.address}' reads`,
        hint: near
          ? `did you mean '${near}'?`
          : known.length > 0
            ? `its outputs are ${known.map((one) => `'${one}'`).join(", ")}`
            : "it has no outputs at all",
        range: stack.spec.range,
      });
    }
  }
  return found;
};
