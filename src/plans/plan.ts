import type { PartialValue } from "./value.ts";

export type PlanAction = "no-op" | "read" | "create" | "update" | "replace" | "delete" | "forget";

/** Which comes first where an object is replaced, and whether the old one is destroyed or only forgotten. */
export type ReplacementOrder =
  "destroy-first" | "create-before-destroy" | "create-then-forget" | "forget-first";

/** What a plan does to one object: a managed resource instance, or a data source that is read during apply. */
export interface ResourceChange {
  readonly address: string;
  readonly previousAddress?: string;
  /** The key of an object that a failed replacement left behind. */
  readonly deposed?: string;
  /** Of the module instance that it lies in; left out for the root module. */
  readonly moduleAddress?: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  /** Its key under `for_each` or `count`. */
  readonly index?: string | number;
  readonly provider: string;
  readonly action: PlanAction;
  /** There exactly where `action` is "replace". */
  readonly replacementOrder?: ReplacementOrder;
  /** What is imported: a map with `id` or `identity`, or an unknown. */
  readonly importing?: PartialValue;
  readonly actionReason?: string;
  /** Null where there was nothing. */
  readonly before: PartialValue;
  /** Null where nothing will be. */
  readonly after: PartialValue;
  /** Attribute paths that force the replacement. */
  readonly replacePaths: readonly (readonly (string | number)[])[];
}

export interface OutputChange {
  readonly action: "no-op" | "create" | "update" | "delete";
  readonly before: PartialValue;
  readonly after: PartialValue;
}

export interface CheckResult {
  readonly address: string;
  readonly kind: string;
  readonly status: string;
  readonly problems: readonly string[];
}

/** References that an expression makes, as Terraform prints them: "local.up.tags", "var.names". */
export type References = readonly string[];

/** A resource or data source of the configuration, with what its instances and its arguments depend on. */
export interface ConfiguredResource {
  readonly address: string;
  readonly forEach: References;
  readonly count: References;
  readonly references: References;
  /** Names of the arguments that are written, at any depth. */
  readonly arguments: ReadonlySet<string>;
}

export interface ConfiguredCall {
  readonly forEach: References;
  readonly count: References;
  readonly inputs: ReadonlyMap<string, References>;
  readonly module: ConfiguredModule;
}

/** Who refers to what in one module. Terraform prints no locals of modules. */
export interface ConfiguredModule {
  readonly resources: readonly ConfiguredResource[];
  readonly calls: ReadonlyMap<string, ConfiguredCall>;
  readonly outputs: ReadonlyMap<string, References>;
}

/** What `terraform show -json PLANFILE` says. */
export interface Plan {
  readonly terraformVersion: string;
  /** Planning failed on the way: the rest is what could be planned. */
  readonly errored: boolean;
  readonly applyable: boolean;
  /** False where applying leaves work for another plan. */
  readonly complete: boolean;
  readonly changes: readonly ResourceChange[];
  /** All root outputs, unchanged ones too; of an errored plan only some. */
  readonly outputChanges: ReadonlyMap<string, OutputChange>;
  readonly configuration: ConfiguredModule;
  readonly checks: readonly CheckResult[];
  /** Objects that changed outside Terraform since the last apply, harmless normalisations included. */
  readonly drift: readonly ResourceChange[];
}
