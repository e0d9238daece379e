import { byCodePoint } from "../text/compare.ts";
import type { Approval, ApprovedChange, ApprovedValue } from "./approval.ts";
import { type HashText, type IsSecret, normaliseValue } from "./normalise-value.ts";
import type { OutputChange, Plan, ResourceChange } from "./plan.ts";
import type { PartialValue } from "./value.ts";

/**
 * What an approval holds of a plan: what changes resources, the state (moves, imports, forgotten objects) or
 * outputs. Reads of data sources, unchanged objects and drift are left out.
 * `hash` must be keyed (HMAC-SHA256), or short secrets can be guessed from what it returns.
 */
export function normaliseChanges(plan: Plan, hash: HashText, isSecret?: IsSecret): Approval {
  const normaliserOf =
    (address: string): Normaliser =>
    (value) =>
      normaliseValue(value, (text) => hash(`${address}\n${text}`), isSecret);
  const resources = plan.changes.flatMap((change) => resourceChange(change, normaliserOf(change.address)));
  const outputs = [...plan.outputChanges].flatMap(([name, change]) =>
    outputChange(`output.${name}`, change, normaliserOf(`output.${name}`)),
  );
  return { changes: [...resources, ...outputs].sort(byAddress) };
}

type Normaliser = (value: PartialValue) => ApprovedValue;

function byAddress(left: ApprovedChange, right: ApprovedChange): number {
  return byCodePoint(left.address, right.address) || byCodePoint(left.deposed ?? "", right.deposed ?? "");
}

function resourceChange(change: ResourceChange, normalise: Normaliser): readonly ApprovedChange[] {
  const { address, deposed, previousAddress, provider, action, replacementOrder, importing } = change;
  if (action === "read") return [];
  if (action === "no-op" && previousAddress === undefined && importing === undefined) return [];
  return [
    {
      kind: "resource",
      address,
      provider,
      action,
      before: normalise(change.before),
      after: normalise(change.after),
      ...(deposed === undefined ? {} : { deposed }),
      ...(previousAddress === undefined ? {} : { previousAddress }),
      ...(replacementOrder === undefined ? {} : { replacementOrder }),
      ...(importing === undefined ? {} : { importing: normalise(importing) }),
    },
  ];
}

function outputChange(
  address: string,
  change: OutputChange,
  normalise: Normaliser,
): readonly ApprovedChange[] {
  if (change.action === "no-op") return [];
  const [before, after] = [normalise(change.before), normalise(change.after)];
  return [{ kind: "output", address, provider: "", action: change.action, before, after }];
}
