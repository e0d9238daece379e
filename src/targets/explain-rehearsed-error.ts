import type { Fault } from "../rehearsal/fault.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { TerraformError } from "../terraform/terraform-error.ts";

const CRASHED = /^(?:Plugin did not respond|Request cancelled|Plugin error)$/;

/** What a rehearsal knows of itself when a stack fails in it. */
export interface RehearsedRun {
  readonly platform: Platform;
  readonly faults: readonly Fault[];
  /** Whether its world is gone after the command. */
  readonly isOfOneRun: boolean;
}

/** An error of a rehearsal in words that fit: a crash was asked for, and what failed is known, with its stack. */
export function explainRehearsedError(
  { platform, faults, isOfOneRun }: RehearsedRun,
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
      hint: "'--crash' told this rehearsal to let it happen. What was finished before is in the state. What was being made at that moment may be there and in no state, as in a cloud: the next apply goes on, and says how to take over what 'already exists'.",
    };
  const called = functionOf(diagnostic);
  if (called !== undefined)
    return {
      ...error,
      message: `A rehearsal does not serve the function '${called}'`,
      hint: "Functions are part of the provider's own program; of aws a rehearsal has arn_parse, arn_build and trim_iam_role_path. Rehearse other stacks, or write what it does in Terraform's own functions.",
    };
  if (isOfMadeUpText(diagnostic)) return { ...error, hint: `${error.hint} ${MADE_UP}` };
  const resource = diagnostic?.address;
  if (resource === undefined) return error;
  const hint = error.hint
    .replace("to: ADDRESS", () => `to: ${inYaml(resource)}`)
    .replace("] }' of the stack, ", () => `] }' ${placeOfOne(platform, address)}, `);
  return { ...error, hint: isOfOneRun ? hint.replace(RESET, "") : hint };
}

const RESET = ", or begin anew by 'platc rehearsal reset'";

/** Where the spec says something of one stack alone: another one of its name has other things to take over. */
function placeOfOne({ stacks, stackByAddress }: Platform, address: string): string {
  const stack = stackByAddress.get(address);
  const twins = stacks.filter(({ name }) => name === stack?.name);
  if (!stack || twins.length < 2) return "of the stack";
  const environment = `environments.${stack.environment.name}.stacks.${stack.name}`;
  const place = stack.customer === undefined ? environment : `customers.${stack.customer}.${environment}`;
  const alone = `under '${place}', since each of the ${twins.length} stacks '${stack.name}' has one of its own`;
  return stack.each === undefined ? alone : `${alone}, with '{{each.key}}' in the id for '${stack.each.key}'`;
}

const MADE_UP =
  "It was given a text that begins as those do which a rehearsal makes up, 'rehearsal-...': nobody has said what this " +
  "one is. Of what exists already, say it in rehearsal.yaml beside the spec, as in 'given: { " +
  `aws_secretsmanager_secret_version: [{ secret_id: legacy/smtp, secret_string: "{\\"username\\": \\"x\\"}" }] }', ` +
  "with a value that is no secret. A secret variable of the spec with a type, such as object({ username = string }), is " +
  "made up in that form, and needs no jsondecode.";

/** Whether JSON was expected where a text begins with an r; what it is Terraform does not tell of a secret. */
function isOfMadeUpText(diagnostic: TerraformError["diagnostic"]): boolean {
  const { summary = "", detail = "" } = diagnostic ?? {};
  return (
    summary === "Error in function call" && /"jsondecode" failed: invalid character 'r' looking/.test(detail)
  );
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
