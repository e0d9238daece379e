import type { Flavour } from "../text/flavour.ts";
import { twinOf } from "../emit/lock-entries.ts";
import type { StateFile } from "../stores/state-file.ts";

/**
 * The providers of OpenTofu's registry that a state names: Terraform asks for each of them as long as the state does.
 * OpenTofu reads those of Terraform's as its own.
 */
export function stateProviders(state: StateFile | undefined, flavour: Flavour): ReadonlySet<string> {
  if (flavour === "opentofu") return new Set();
  const sources = (state?.resources ?? []).map(
    ({ provider }) => /provider\["([^"]+)"\]/.exec(provider)?.[1] ?? "",
  );
  return new Set(sources.filter((source) => twinOf(source, flavour) !== undefined));
}
