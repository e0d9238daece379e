import { byCodePoint } from "../text/compare.ts";
import type { Approval, ApprovedChange } from "./approval.ts";
import { type HashText, normaliseValue } from "./normalise-value.ts";
import type { OutputChange, Plan, ResourceChange } from "./plan.ts";

/**
 * What an approval holds of a plan: what changes resources, the state (moves, imports, forgotten objects) or
 * outputs. Reads of data sources, unchanged objects and drift are left out.
 * `hash` must be keyed (HMAC-SHA256), or short secrets can be guessed from what it returns.
 */
export function normaliseChanges(plan: Plan, hash: HashText): Approval {
  const resources = plan.changes.flatMap((change) => resourceChange(change, hash));
  const outputs = [...plan.outputChanges].flatMap(([name, change]) => outputChange(name, change, hash));
  return { changes: [...resources, ...outputs].sort(byAddress) };
}

function byAddress(left: ApprovedChange, right: ApprovedChange): number {
  return byCodePoint(left.address, right.address) || byCodePoint(left.deposed ?? "", right.deposed ?? "");
}

function resourceChange(change: ResourceChange, hash: HashText): readonly ApprovedChange[] {
  const { address, deposed, previousAddress, provider, action, replacementOrder, importing } = change;
  if (action === "read") return [];
  if (action === "no-op" && previousAddress === undefined && importing === undefined) return [];
  const salted: HashText = (text) => hash(`${address}\n${text}`);
  return [
    {
      kind: "resource",
      address,
      provider,
      action,
      before: normaliseValue(change.before, salted),
      after: normaliseValue(change.after, salted),
      ...(deposed === undefined ? {} : { deposed }),
      ...(previousAddress === undefined ? {} : { previousAddress }),
      ...(replacementOrder === undefined ? {} : { replacementOrder }),
      ...(importing === undefined ? {} : { importing: normaliseValue(importing, salted) }),
    },
  ];
}

function outputChange(name: string, change: OutputChange, hash: HashText): readonly ApprovedChange[] {
  if (change.action === "no-op") return [];
  const address = `output.${name}`;
  const salted: HashText = (text) => hash(`${address}\n${text}`);
  const [before, after] = [normaliseValue(change.before, salted), normaliseValue(change.after, salted)];
  return [{ kind: "output", address, provider: "", action: change.action, before, after }];
}
