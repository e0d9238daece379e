import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { PlatformRule } from "./rule.ts";

/** A module that a stack calls leaves the backend and the providers to the stack. */
export const callableModules: PlatformRule = ({ stacks, contracts }) =>
  stacks.flatMap((stack) =>
    stack.modules.flatMap((call): Diagnostic[] => {
      const contract = contracts.get(call.source);
      if (!contract || (!contract.hasBackend && !contract.hasProviderBlocks)) return [];
      const what = contract.hasBackend ? "a backend of its own" : "provider blocks of its own";
      const hint = contract.hasBackend
        ? "take its 'backend' or 'cloud' block out: the stack's own state is where the platform's 'state' says"
        : "take its 'provider' blocks out: the stack hands its providers to the module, configured under 'terraform.providers'";
      const message = `module '${call.source}' has ${what}, and can only be a root module`;
      return [{ code: "root-module", severity: "error", message, hint, range: call.sourceRange }];
    }),
  );
