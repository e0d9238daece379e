import type { PlanAction, ReplacementOrder } from "./plan.ts";

/** A value as an approval keeps it: nothing of what is sensitive is in it, only keyed hashes. */
export type ApprovedValue =
  | { readonly kind: "scalar"; readonly value: null | boolean | string }
  | { readonly kind: "number"; readonly digits: string }
  | { readonly kind: "hash"; readonly hash: string }
  | { readonly kind: "unknown" }
  | { readonly kind: "list"; readonly items: readonly ApprovedValue[] }
  | {
      readonly kind: "map";
      readonly entries: ReadonlyMap<string, ApprovedValue>;
      /** The keys are hashes, since the map as a whole is sensitive, or one of its keys. */
      readonly hashedKeys?: true;
    };

/** One change that was shown: of a resource, or of an output under the address `output.<name>`. */
export interface ApprovedChange {
  readonly kind: "resource" | "output";
  readonly address: string;
  readonly deposed?: string;
  readonly previousAddress?: string;
  readonly provider: string;
  readonly action: Exclude<PlanAction, "read">;
  readonly replacementOrder?: ReplacementOrder;
  readonly importing?: ApprovedValue;
  readonly before: ApprovedValue;
  readonly after: ApprovedValue;
}

/** What a plan would change, without its secrets: sorted, and the same for the same plan and hash key. */
export interface Approval {
  readonly changes: readonly ApprovedChange[];
}
