import { LedgerError } from "../ledger/ledger-error.ts";
import type { DiagnosticPlace } from "../terraform/events.ts";
import type { TerraformResult } from "../terraform/run-terraform.ts";
import type { TerraformError } from "../terraform/terraform-error.ts";
import { StoreConflictError, StoreError, StoreMissingError } from "../stores/store-error.ts";
import { countDone } from "./count-done.ts";
import type { Finding, StackOutcome } from "./run-event.ts";
import type { TerraformFailure } from "./stack-terraform.ts";

export type FailedOutcome = Extract<StackOutcome, { status: "failed" }>;

/** What is needed to tell a failure: the first error leads, the others follow. */
export interface Failure {
  readonly message: string;
  readonly hint: string | undefined;
  readonly details: readonly Finding[];
  /** The address that the first error speaks of. */
  readonly resource?: string;
  readonly place?: DiagnosticPlace;
}

/** A Terraform command that did not end well, for people. */
export function failureOf({ errors }: TerraformFailure): Failure {
  const [first, ...others] = errors.map((error) => ({
    message: error.message,
    hint: error.hint,
    ...placeOf(error),
  }));
  return { message: "Terraform failed", hint: undefined, ...first, details: others };
}

/** What an error speaks of and where that lies, where Terraform says so. */
function placeOf({ diagnostic }: TerraformError): Pick<Finding, "resource" | "place"> {
  const { place } = diagnostic ?? {};
  const resource = diagnostic?.address ?? place?.block;
  return { ...(resource !== undefined && { resource }), ...(place && { place }) };
}

/** How a stack ended whose apply or destroy did not end well; what it did until then is told too. */
export function outcomeOfFailedApply(
  failure: TerraformFailure & { readonly result: TerraformResult },
): StackOutcome {
  return { ...outcomeOfFailure(failure), summary: countDone(failure.result.events) };
}

/** How a stack ended whose Terraform did not end well. */
export function outcomeOfFailure(
  failure: TerraformFailure,
): FailedOutcome | Extract<StackOutcome, { status: "interrupted" }> {
  return failure.wasInterrupted ? { status: "interrupted" } : failedOutcome(failureOf(failure));
}

export function failedOutcome({ message, hint, details, resource, place }: Failure): FailedOutcome {
  return {
    status: "failed",
    message,
    ...(hint !== undefined && { hint }),
    details,
    ...(resource !== undefined && { resource }),
    ...(place && { place }),
  };
}

/**
 * An error of a store or of the ledger as the failure of the one stack that it befell, so that the others go on.
 * Anything else is a mistake of ours, and is thrown on.
 */
export function failureOfError(error: unknown): Failure {
  if (!(error instanceof StoreError || error instanceof LedgerError)) throw error;
  return { message: error.message, hint: hintOf(error), details: [] };
}

function hintOf(error: StoreError | LedgerError): string | undefined {
  if (error instanceof LedgerError) return error.hint;
  if (error instanceof StoreConflictError) return "another run works on the same stack; run it again";
  if (error instanceof StoreMissingError) return "'platc bootstrap' makes it";
  return undefined;
}
