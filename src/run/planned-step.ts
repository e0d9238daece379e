/** A step beside Terraform that is going to run, or may have to. */
export interface PlannedStep {
  readonly name: string;
  readonly kind: string;
  /** Sentences. */
  readonly reasons: readonly string[];
  /** Of migrations: those that are not applied yet, as far as the ledger knows. */
  readonly files: readonly string[];
}
