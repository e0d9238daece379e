import type { LostObject } from "../plans/lost-objects.ts";
import type { JsonPlan, JsonResourceChange } from "../plans/plan-to-json.ts";
import type { PlanLine } from "../plans/plan-line.ts";
import type { PlanSummary } from "../plans/summarise-plan.ts";
import type { CheckResult } from "../checks/check-result.ts";
import type { PlannedStep } from "./planned-step.ts";
import type { TargetKind } from "../spec/platform.ts";
import type { Flavour } from "../text/flavour.ts";
import type { DiagnosticPlace, TerraformEvent } from "../terraform/events.ts";
import type { RehearsalReport } from "../rehearsal/rehearsal-report.ts";

/** What a command is about to do, before it starts anything. */
export interface RunAnnounced {
  readonly kind: "run-announced";
  readonly runId: string;
  readonly command: "plan" | "apply" | "promote" | "rehearse" | "destroy" | "test" | "bootstrap" | "drift";
  readonly platform: string;
  readonly target: TargetKind;
  /** Addresses in order. */
  readonly stacks: readonly string[];
  /** Stacks that are up to date, for which no Terraform is started. */
  readonly upToDate: readonly string[];
  /** How many stacks Terraform plans, each by two or three processes; once more where an upstream changes in an apply. */
  readonly toPlan: number;
  /** How many of these may turn out up to date, or deferred: what they read decides. Left out where all is sure. */
  readonly undecided?: number;
  /** Stacks that are applied and that the spec no longer has. */
  readonly orphans: readonly string[];
}

/** Why a stack runs: one sentence for each thing that changed since it was applied. */
export interface StackReasons {
  readonly kind: "stack-reasons";
  readonly address: string;
  readonly reasons: readonly string[];
}

export type StackStep = "init" | "plan" | "show" | "apply" | "destroy" | "step" | "check";

export interface StackStarted {
  readonly kind: "stack-started";
  readonly address: string;
  readonly step: StackStep;
}

/** One of Terraform's own events, as it comes. */
export interface StackProgress {
  readonly kind: "stack-progress";
  readonly address: string;
  readonly step: StackStep;
  readonly event: TerraformEvent;
}

/** What a plan of one stack says. */
export interface StackPlanned {
  readonly kind: "stack-planned";
  readonly address: string;
  readonly summary: PlanSummary;
  readonly lines: readonly PlanLine[];
  /** The changes as data, in Terraform's words; what stays as it is is left out. */
  readonly resource_changes: JsonPlan["resource_changes"];
  readonly output_changes: JsonPlan["output_changes"];
  /** The same as counts, where more than 40 objects change. */
  readonly short?: readonly PlanLine[];
  /** What is replaced or destroyed; left out where nothing is. */
  readonly lost?: readonly LostObject[];
  /** Addresses of upstreams whose outputs were not all known: it is planned again at its turn, and compared. */
  readonly overlaidBy: readonly string[];
  /** Steps beside Terraform that are going to run after it, or may have to. */
  readonly steps?: readonly PlannedStep[];
  /** Findings beside the changes, such as a replacement that dependents would suffer from. */
  readonly findings: readonly Finding[];
}

/** A value that the layers of a stack's own environment say, and that no environment before has proven. */
export interface UnprovenValue {
  /** Such as `inputs.size`. */
  readonly path: string;
  readonly value: string;
  /** What it is where the stack was proven; undefined where it is not there, or is hidden. */
  readonly proven?: string;
  /** The layer: `environment 'prod'`. */
  readonly origin: string;
  readonly place?: string;
}

/** What of a stack that changes was not proven before it came into its environment. */
export interface StackUnproven {
  readonly kind: "stack-unproven";
  readonly address: string;
  /** Where it was proven; undefined where it is in no environment before. */
  readonly by?: string;
  readonly values: readonly UnprovenValue[];
}

/** An object that is not as Terraform left it. */
export interface DriftedResource {
  /** Its address. */
  readonly resource: string;
  readonly status: "changed" | "gone";
  /** Names of what changed in it. */
  readonly attributes: readonly string[];
}

/** What was changed behind Terraform's back in one stack; told where there is anything to say. */
export interface StackDrift {
  readonly kind: "stack-drift";
  readonly address: string;
  /** What an apply would bring back. */
  readonly resources: readonly DriftedResource[];
  readonly lines: readonly PlanLine[];
  /** What an apply leaves as it is: nobody set it, or `ignore_changes` names it. */
  readonly apart: readonly DriftedResource[];
  readonly apartLines: readonly PlanLine[];
  /** All of these as data, in Terraform's words: `before` is what Terraform left, `after` what is there now. */
  readonly resource_drift: readonly JsonResourceChange[];
  readonly findings: readonly Finding[];
}

export interface Finding {
  readonly message: string;
  readonly hint: string;
  /** The address that it speaks of, where Terraform names one. */
  readonly resource?: string;
  /** Where in the project that is written. */
  readonly place?: DiagnosticPlace;
}

/** What Terraform warned of in one stack; it goes on all the same. */
export interface StackWarning extends Finding {
  readonly address: string;
  /** A `check` block of Terraform's whose condition does not hold. */
  readonly isAssertion?: true;
}

/** Tests that an apply has yet to run of what is applied: they failed there last, or have not been run on it. */
export type OpenTests = "failed" | "pending";

/** Upstreams, not selected, that are not applied as they are now defined: an apply without them refuses the stack. */
export type Needs = readonly string[];

/** How it ended for one stack in this command. */
export type StackOutcome =
  /** `tests`: of a plan, where not all is well with what is applied. */
  | { readonly status: "up-to-date"; readonly tests?: OpenTests }
  | { readonly status: "unchanged"; readonly tests?: OpenTests }
  /** `steps`: how many are going to run, or have run; left out where there are none. */
  | {
      readonly status: "planned";
      readonly summary: PlanSummary;
      readonly steps?: number;
      readonly needs?: Needs;
    }
  | { readonly status: "applied"; readonly summary: PlanSummary; readonly steps?: number }
  | { readonly status: "destroyed"; readonly destroyed: number }
  /** A destroy of what was not applied, or not any more. */
  | { readonly status: "nothing-to-destroy" }
  /** What would have been changed or destroyed, and stays, since somebody said no. */
  | { readonly status: "declined" }
  | { readonly status: "tested" }
  /** A test of what is applied and has no checks. */
  | { readonly status: "no-checks" }
  /** `apart`: how many objects changed in what an apply leaves as it is; left out where there are none. */
  | { readonly status: "no-drift"; readonly apart?: number }
  /** `changed` and `gone`: how many objects an apply would bring back. */
  | {
      readonly status: "drifted";
      readonly changed: number;
      readonly gone: number;
      readonly apart?: number;
    }
  /** A look at the drift of what was never applied, or is destroyed. */
  | { readonly status: "not-applied" }
  | { readonly status: "deferred"; readonly reason: string; readonly needs?: Needs }
  | {
      readonly status: "failed";
      readonly message: string;
      readonly hint?: string;
      readonly details: readonly Finding[];
      /** The address of the resource that failed first, where Terraform names one. */
      readonly resource?: string;
      /** Where in the project that is written. */
      readonly place?: DiagnosticPlace;
      /** What was done all the same; left out where no apply was begun. */
      readonly summary?: PlanSummary;
    }
  | BlockedOutcome
  /** `target`: where `platc approve` has to look for it, where it would not look there by itself. */
  | {
      readonly status: "waiting";
      readonly reason: string;
      readonly approval: string;
      readonly target?: TargetKind;
    }
  /** `summary`: what was done until then; left out where no apply was begun. */
  | { readonly status: "interrupted"; readonly summary?: PlanSummary };

/** What was not begun because of another stack. */
export interface BlockedOutcome {
  readonly status: "blocked";
  readonly by: string;
  /** Neither reads the other: the order of stages alone holds it up. */
  readonly isByStage?: true;
}

export interface StackFinished {
  readonly kind: "stack-finished";
  readonly address: string;
  readonly outcome: StackOutcome;
  readonly seconds: number;
}

export interface CheckFinished {
  readonly kind: "check-finished";
  readonly address: string;
  readonly result: CheckResult;
}

/** How one step went. */
export interface StepResult {
  readonly name: string;
  readonly kind: string;
  readonly status: "done" | "failed" | "skipped" | "blocked";
  /** What was done or seen, in one sentence; never a secret. */
  readonly message: string;
  readonly hint?: string;
  readonly details?: string;
  readonly seconds: number;
}

export interface StepFinished {
  readonly kind: "step-finished";
  readonly address: string;
  readonly result: StepResult;
}

/** A sentence that concerns the run as a whole. */
export interface RunNote {
  readonly kind: "note";
  readonly message: string;
  readonly hint?: string;
}

export interface RunFinished {
  readonly kind: "run-finished";
  readonly runId: string;
  readonly command: RunAnnounced["command"];
  /** Selection and target as they were typed, for a command that goes on from here. */
  readonly asked?: string;
  readonly outcomes: ReadonlyMap<string, StackOutcome>;
  readonly checks: readonly { readonly address: string; readonly result: CheckResult }[];
  /** Whose Terraform the run had. */
  readonly flavour?: Flavour;
  /** How many Terraform processes were started, by Terraform's command. */
  readonly processes: ReadonlyMap<string, number>;
  /** How long they ran in all, by Terraform's command: where many run at once, that is more than the run took. */
  readonly processSeconds: ReadonlyMap<string, number>;
  readonly seconds: number;
  /** Data sources in stacks that were left alone: only a refresh reads them anew. */
  readonly unreadDataSources: number;
  readonly orphans: readonly string[];
  /** Whether orphans were to be destroyed: those that are left were held back. */
  readonly isPruning?: true;
  /** Left out where there are none. */
  readonly warnings?: readonly StackWarning[];
  /** Of a rehearsal alone. */
  readonly rehearsal?: RehearsalReport;
}

/** Everything that a run tells, in order. Nothing in it is secret. */
export type RunEvent =
  | RunAnnounced
  | StackReasons
  | StackStarted
  | StackProgress
  | StackPlanned
  | StackUnproven
  | StackDrift
  | StackFinished
  | StepFinished
  | CheckFinished
  | RunNote
  | RunFinished;

/** Takes what a run tells. */
export type Tell = (event: RunEvent) => void;
