import type { Fault } from "../rehearsal/fault.ts";
import type { TerraformError } from "../terraform/terraform-error.ts";

const CRASHED = /^(?:Plugin did not respond|Request cancelled|Plugin error)$/;

/** An error of a rehearsal in words that fit: a crash was asked for, and the address of what failed is known. */
export function explainRehearsedError(
  faults: readonly Fault[],
  address: string,
  error: TerraformError,
): TerraformError {
  const { diagnostic } = error;
  const isAsked = faults.some(({ action, stack = address }) => action === "crash" && stack === address);
  if (isAsked && CRASHED.test(diagnostic?.summary ?? ""))
    return {
      ...error,
      kind: "crashed",
      message: "The provider crashed on purpose",
      hint: "'--crash' told this rehearsal to let it happen. What was made before is in the state; apply again to go on.",
    };
  const resource = diagnostic?.address;
  return resource === undefined
    ? error
    : { ...error, hint: error.hint.replace("to: ADDRESS", `to: ${inYaml(resource)}`) };
}

/** Keys of `for_each` bring brackets and quotes, which a flow map of YAML would read. */
function inYaml(address: string): string {
  return /^[\w.-]+$/.test(address) ? address : `'${address.replaceAll("'", "''")}'`;
}
