import { lockEntries, twinOf } from "../emit/lock-entries.ts";
import { type Flavour, FLAVOURS } from "../text/flavour.ts";
import type { TerraformError } from "../terraform/terraform-error.ts";

export interface LockInUse {
  /** As it was compiled, with the entries of both flavours. */
  readonly lockText: string;
  readonly flavour: Flavour;
  /** What the state asks for beside the configuration. */
  readonly needs: ReadonlySet<string>;
}

/** Says of a lock that is refused when it is so because both Terraform and OpenTofu are in use. */
export function explainLock(error: TerraformError, { lockText, flavour, needs }: LockInUse): TerraformError {
  if (error.kind !== "provider-lock") return error;
  const locked = lockEntries(lockText);
  const other = flavour === "terraform" ? "opentofu" : "terraform";
  const lacking = [...needs].filter((source) => !locked.has(source));
  if (lacking.length > 0)
    return {
      ...error,
      message: `The state was written by OpenTofu and names ${quoted(lacking)}, which the lock file lacks`,
      hint: "Run it with OpenTofu (PLATC_TERRAFORM=tofu), or lock with both: 'PLATC_TERRAFORM=tofu platc lock', then 'platc lock' and 'platc compile'.",
    };
  const foreign = [...locked.keys()].filter((source) => {
    const twin = twinOf(source, flavour);
    return twin !== undefined && !locked.has(twin);
  });
  if (foreign.length === 0) return error;
  return {
    ...error,
    message: `The lock file holds ${quoted(foreign)} for ${FLAVOURS[other].product} alone, and this is ${FLAVOURS[flavour].product}`,
    hint: `Run 'platc lock', then 'platc compile': what is locked for ${FLAVOURS[other].product} stays. 'terraform: { command: ... }' in the spec says which of the two runs, and PLATC_TERRAFORM before it.`,
  };
}

function quoted(sources: readonly string[]): string {
  return sources.map((source) => `'${source}'`).join(", ");
}
