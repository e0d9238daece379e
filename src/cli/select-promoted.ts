import { suggest } from "../diagnostics/suggest.ts";
import type { Selection } from "../run/selection.ts";
import { orderSelection } from "../stacks/order-selection.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { SelectOptions } from "../stacks/select-stacks.ts";
import { chooseStacks } from "./choose-stacks.ts";
import { CommandError, EXIT } from "./exit-codes.ts";

/** The stacks that a promotion works on: of one environment that comes after another, those that the selectors mean. */
export function selectPromoted(
  platform: Platform,
  [name = "", ...selectors]: readonly string[],
  options: SelectOptions = {},
): Selection {
  refuseOthers(platform, name);
  const meant = selectors.length === 0 ? [`env:${name}`] : selectors;
  const addresses = chooseStacks(platform, meant, options)
    .filter((stack) => stack.environment.name === name)
    .map((stack) => stack.address);
  if (addresses.length === 0)
    throw new CommandError(
      selectors.length === 0
        ? `environment '${name}' has no stacks`
        : `'${selectors.join(" ")}' selects no stack of '${name}'`,
      "'platc list' shows the addresses",
    );
  const { waves, upstreamOf } = orderSelection(platform, new Set(addresses));
  return { addresses: waves.flat(), upstreamOf, emptyEnvironments: [] };
}

/** A promotion goes into an environment that takes its stacks from the one before it. */
function refuseOthers({ spec }: Platform, name: string): void {
  const following = [...spec.environments.values()].filter(({ after }) => after !== undefined);
  const names = following.map((one) => one.name);
  const list =
    names.length === 0
      ? "no environment of this platform has 'after'"
      : `${names.map((one) => `'${one}'`).join(", ")} ${names.length === 1 ? "comes" : "come"} after another one`;
  const environment = spec.environments.get(name);
  if (!environment) {
    const near = suggest(name, names);
    throw new CommandError(
      `'${name}' is no environment`,
      near === undefined ? `name the environment first; ${list}` : `did you mean '${near}'?`,
      EXIT.usage,
    );
  }
  if (environment.after !== undefined) return;
  throw new CommandError(
    `'${name}' takes its stacks from no other environment`,
    `'platc apply ${name}' applies them; ${list}`,
    EXIT.usage,
  );
}
