import type { GivenResource } from "./given-resource.ts";
import type { ParentRule } from "./parent-rule.ts";
import type { ProtectionRule } from "./protection-rule.ts";
import type { TypeSchema } from "./provider-schema.ts";
import type { Replacements, TypeOverlay } from "./type-overlay.ts";
import type { Value, ValuePath } from "./value.ts";

/** Something that the provider tells Terraform about a value. */
export interface ProviderProblem {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly path: ValuePath;
}

/** What a type shares with the others of its provider. */
export interface ProviderFamily {
  /** Those that the platform uses. */
  readonly resources: ReadonlyMap<string, TypeSchema>;
  /** Of all types of the overlay, used or not. */
  readonly overlays: ReadonlyMap<string, TypeOverlay>;
  readonly dataOverlays: ReadonlyMap<string, TypeOverlay>;
  readonly parents: readonly ParentRule[];
  readonly protections: readonly ProtectionRule[];
  /** Of every provider. */
  readonly given: readonly GivenResource[];
  /** Types of other providers that the platform makes, as `SOURCE:TYPE`; those whose data sources are made up are left out. */
  readonly elsewhere?: ReadonlySet<string>;
}

/** The resource type that a call is about, and the provider configuration that it comes through. */
export interface TypeContext {
  readonly source: string;
  readonly typeName: string;
  readonly schema: TypeSchema;
  readonly overlay: TypeOverlay | undefined;
  /** Undefined where a type is looked at alone. */
  readonly family?: ProviderFamily;
  /** What the provider itself said of its changes. */
  readonly replacements?: Replacements | undefined;
  /** The provider's configuration as far as it is known, and the overlay's settings. */
  readonly settings: Readonly<Record<string, Value>>;
  /** Of the stack that calls; undefined where a type is looked at alone. */
  readonly environment?: string;
}

/** A resource that was made in the rehearsal. */
export interface MadeResource {
  readonly id: string;
  readonly value: Value;
}

/** What has been made so far, by all stacks of the rehearsal. */
export interface World {
  readonly find: (source: string, typeName: string, id: string) => MadeResource | undefined;
  readonly list: (source: string, typeName: string) => readonly MadeResource[];
  /** Ids of any type that begin with `id/`: what stands inside it. */
  readonly children: (id: string) => readonly { readonly typeName: string; readonly id: string }[];
}

export interface PlanAnswer {
  readonly planned: Value;
  readonly requiresReplace: readonly ValuePath[];
  readonly problems: readonly ProviderProblem[];
}

/** What applying came to; with an error, `state` is what is there all the same (null: nothing). */
export interface ApplyAnswer {
  readonly state: Value;
  /** Under which the world keeps it; of what was destroyed, which one goes. */
  readonly id: string | undefined;
  readonly problems: readonly ProviderProblem[];
  /** What goes with what was destroyed. */
  readonly taken?: readonly { readonly typeName: string; readonly id: string }[];
  /** What it stands in that nothing here makes, and that is taken to exist: `azurerm_resource_group "shared"`. */
  readonly assumed?: readonly string[];
}

export interface ReadAnswer {
  readonly state: Value;
  /** Of a resource that the world did not know: under which it keeps it from now on. */
  readonly adoptedId?: string;
  readonly problems: readonly ProviderProblem[];
}

/** What a rehearsed provider does, without wire, disk or clock. */
export interface ProviderEngine {
  readonly validate: (context: TypeContext, config: Value) => readonly ProviderProblem[];
  readonly plan: (
    context: TypeContext,
    request: { readonly prior: Value; readonly proposed: Value; readonly config: Value },
  ) => PlanAnswer;
  readonly apply: (
    context: TypeContext,
    request: { readonly prior: Value; readonly planned: Value; readonly config: Value },
    world: World,
  ) => ApplyAnswer;
  /** What exists as the world has it; adopted as it is where the world does not know it. */
  readonly read: (context: TypeContext, current: Value, world: World) => ReadAnswer;
  readonly readData: (context: TypeContext, config: Value, world: World) => ReadAnswer;
  readonly openEphemeral: (context: TypeContext, config: Value) => ReadAnswer;
  readonly importById: (context: TypeContext, id: string, world: World) => ReadAnswer;
  /** A state of the same or a lower schema version, as JSON, to a value of this schema. */
  readonly upgrade: (context: TypeContext, state: unknown) => Value;
}
