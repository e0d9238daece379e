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
  const called = functionOf(diagnostic);
  if (called !== undefined)
    return {
      ...error,
      message: `A rehearsal does not serve the function '${called}'`,
      hint: "Functions are part of the provider's own program; of aws a rehearsal has arn_parse, arn_build and trim_iam_role_path. Rehearse other stacks, or write what it does in Terraform's own functions.",
    };
  const resource = diagnostic?.address;
  return resource === undefined
    ? error
    : { ...error, hint: error.hint.replace("to: ADDRESS", () => `to: ${inYaml(resource)}`) };
}

/** The function of a provider that Terraform does not find, whatever it says of why. */
function functionOf(diagnostic: TerraformError["diagnostic"]): string | undefined {
  const { summary = "", detail = "", code = "" } = diagnostic ?? {};
  if (!/unknown.*function/i.test(summary)) return undefined;
  return /provider::\w+::\w+/.exec(`${detail}\n${code}`)?.[0];
}

/** Keys of `for_each` bring brackets and quotes, which a flow map of YAML would read. */
function inYaml(address: string): string {
  return /^[\w.-]+$/.test(address) ? address : `'${address.replaceAll("'", "''")}'`;
}
