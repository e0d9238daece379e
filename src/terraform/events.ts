/** A resource instance in an event; `address` includes its modules and key. */
export interface EventResource {
  readonly address: string;
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly key: string | number | null;
  readonly provider: string;
}

export type ChangeAction =
  | "noop"
  | "create"
  | "read"
  | "update"
  | "replace"
  | "delete"
  | "move"
  | "import"
  | "remove"
  | "open"
  | "renew"
  | "close";

/** What identifies the real object, such as `id` and `bucket-7`. Terraform leaves it out where it does not know. */
export interface ResourceIdentity {
  readonly key: string;
  readonly value: string;
}

export interface DiagnosticRange {
  readonly filename: string;
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

export interface TerraformDiagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
  readonly range?: DiagnosticRange;
  /** The source line that it speaks of. */
  readonly code?: string;
  /** The block that it lies in as its language spells it: `resource "aws_vpc" "main"`, `resource.aws_vpc.main`. */
  readonly context?: string;
  /** Where it lies for people; Terraform itself does not say so. */
  readonly place?: DiagnosticPlace;
}

/** A line of the project's own sources, not of the folder that Terraform works in. */
export interface DiagnosticPlace {
  /** From the project's root. */
  readonly file: string;
  readonly line: number;
  /** What stands there; left out where that says nothing. */
  readonly code?: string;
  /** Where a line of a compiled file was written: `platform.yaml:12`. */
  readonly spec?: string;
  /** The block as an address, `module.raw.aws_s3_bucket.this`, or as it is spelt where it may be one of several. */
  readonly block?: string;
}

export interface ChangeCounts {
  readonly add: number;
  readonly change: number;
  readonly import: number;
  readonly remove: number;
  readonly operation: "plan" | "apply" | "destroy";
}

/** `value` is missing for sensitive outputs and, in a plan, for all. */
export interface OutputEvent {
  readonly sensitive: boolean;
  readonly type?: unknown;
  readonly value?: unknown;
  readonly action?: string;
}

export type ResourceEventKind =
  | "apply_start"
  | "apply_progress"
  | "apply_complete"
  | "apply_errored"
  | "refresh_start"
  | "refresh_complete";

export type TerraformEventBody =
  | { readonly kind: "version"; readonly version: string; readonly flavour: "terraform" | "opentofu" }
  | {
      readonly kind: "planned_change" | "resource_drift";
      readonly resource: EventResource;
      readonly action: ChangeAction;
      readonly previousAddress?: string;
      readonly reason?: string;
    }
  | { readonly kind: "change_summary"; readonly counts: ChangeCounts }
  | {
      readonly kind: ResourceEventKind;
      readonly resource: EventResource;
      /** Missing where something is refreshed. */
      readonly action?: ChangeAction;
      readonly identity?: ResourceIdentity;
      readonly elapsedSeconds?: number;
    }
  | {
      readonly kind: "provision_start" | "provision_progress" | "provision_complete" | "provision_errored";
      readonly resource: EventResource;
      readonly provisioner: string;
      readonly output?: string;
    }
  | { readonly kind: "outputs"; readonly outputs: Readonly<Record<string, OutputEvent>> }
  | { readonly kind: "diagnostic"; readonly diagnostic: TerraformDiagnostic }
  | { readonly kind: "unknown"; readonly type: string }
  /** A line that is not JSON: a crash, a provider that prints, a wrapper around Terraform. */
  | { readonly kind: "text" };

/** One line of Terraform's log in JSON; `message` is Terraform's own sentence, or the line as it stands. */
export type TerraformEvent = TerraformEventBody & { readonly message: string; readonly time?: string };
