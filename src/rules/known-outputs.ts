import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { stackOutputs } from "../stacks/stack-outputs.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { PlatformRule } from "./rule.ts";

/** A reference names an output that the upstream's modules declare, or the stack itself. */
export const knownOutputs: PlatformRule = ({ stacks, stackByAddress, contracts }) =>
  stacks.flatMap((stack) =>
    stack.references.flatMap(({ address, output, range }): Diagnostic[] => {
      const upstream = stackByAddress.get(address);
      // What is wrong with the module is told elsewhere.
      if (output === undefined || !upstream || upstream.modules.some((call) => !contracts.has(call.source)))
        return [];
      const outputs = stackOutputs(upstream, contracts);
      if (outputs.has(output)) return [];
      const calls = upstream.modules.filter((call) => output === call.name).map((call) => call.name);
      return [
        {
          code: "unknown-output",
          severity: "error",
          message: `stack '${upstream.name}' has no output '${output}'`,
          hint:
            calls.length > 0
              ? `'${output}' is a module call: name one of its outputs`
              : didYouMean(output, [...outputs.keys()], "its outputs are", "it has no outputs at all"),
          range,
        },
      ];
    }),
  );
