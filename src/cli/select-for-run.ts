import type { Selection } from "../run/selection.ts";
import { orderSelection } from "../stacks/order-selection.ts";
import type { Platform } from "../stacks/platform-model.ts";
import { type SelectOptions, selectStacks } from "../stacks/select-stacks.ts";
import { CommandError, EXIT } from "./exit-codes.ts";
import { goneEnvironmentHint } from "./gone-environment.ts";

/** The stacks that a command works on, in order. */
export function selectForRun(
  platform: Platform,
  selectors: readonly string[],
  options: SelectOptions = {},
): Selection {
  if (selectors.length === 0)
    throw new CommandError(
      "say which stacks",
      `name an environment (${[...platform.spec.environments.keys()].join(", ")}), or a selector such as 'dev/storage/**'`,
      EXIT.usage,
    );
  const selected = selectStacks(platform, selectors, options);
  if (selected.status === "bad")
    throw new CommandError(
      selected.message,
      [selected.hint, ...(isTypo(selected) ? [] : leftHints(platform, selectors))].join("; "),
      EXIT.usage,
    );
  const emptyEnvironments = emptyOnes(platform, selectors);
  if (selected.addresses.size === 0 && emptyEnvironments.length === 0)
    throw new CommandError(`'${selectors.join(" ")}' selects no stack`, "'platc list' shows the addresses");
  const { waves, upstreamOf } = orderSelection(platform, selected.addresses);
  return { addresses: waves.flat(), upstreamOf, emptyEnvironments };
}

function wordsOf(selectors: readonly string[]): readonly string[] {
  return selectors
    .flatMap((selector) => selector.split(","))
    .map((term) => /^(?:env:)?([a-z0-9][a-z0-9-]*)\/?$/.exec(term.trim())?.[1] ?? "")
    .filter((word) => word !== "");
}

/** Environments that are named and have no stacks: what is applied there has left the spec. */
function emptyOnes(platform: Platform, selectors: readonly string[]): readonly string[] {
  const filled = new Set(platform.stacks.map((stack) => stack.environment.name));
  const named = wordsOf(selectors).filter((word) => platform.spec.environments.has(word));
  return [...new Set(named)].filter((name) => !filled.has(name));
}

/** A word that is spelt like one of the spec is hardly the name of what has left it. */
function isTypo({ hint }: { readonly hint: string }): boolean {
  return hint.startsWith("did you mean");
}

/** A word that the spec does not know may be an environment that it had. */
function leftHints({ spec }: Platform, selectors: readonly string[]): readonly string[] {
  const known = [spec.environments, spec.stacks, spec.customers, spec.apps];
  const gone = wordsOf(selectors).find(
    (word) => !spec.stages.includes(word) && !known.some((names) => names.has(word)),
  );
  if (gone === undefined || gone === "affected") return [];
  return [`if '${gone}' is an environment that has left the spec: ${goneEnvironmentHint(gone)}`];
}
