import type { GivenResource } from "./given-resource.ts";
import type { ParentRule } from "./parent-rule.ts";
import type { ProtectionRule } from "./protection-rule.ts";
import type { ReplacementRule } from "./replacement-rule.ts";

/** What a provider does that its schema does not say, as far as a rehearsal needs it; one for each resource type. */
export interface TypeOverlay {
  /**
   * The id, such as `/subscriptions/{SUB}/resourceGroups/{resource_group_name}`: names in braces are attributes of
   * the resource (`a.b` reaches into a block), or, in capitals, settings of the provider; `{name|text}` stands for the
   * text where the name is empty. Each attribute that it names forces a new resource. Without it the id is made from
   * all inputs.
   */
  readonly id?: string;
  /** Attributes that AWS, Azure and so on call a name: taken twice, within one provider configuration, it clashes. */
  readonly unique?: readonly string[];
  /** Paths such as `name` or `network_profile.network_plugin`, whose change makes a new resource. */
  readonly forceNew?: readonly string[];
  /** Paths of which only some changes make a new resource: any of the rules. */
  readonly forceNewIf?: Readonly<Record<string, readonly ReplacementRule[]>>;
  /** Of optional attributes that are not set, by path; one that is not computed is that again when it is removed. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Of computed attributes, by path; strings are templates as `id` is, and may say `{id}`. */
  readonly values?: Readonly<Record<string, unknown>>;
  /**
   * Of computed attributes, by name, what is known while planning where nobody wrote them; what is left out of an object
   * is known only after applying.
   */
  readonly planned?: Readonly<Record<string, unknown>>;
  /** Of each list of names exactly one is set. */
  readonly exactlyOneOf?: readonly (readonly string[])[];
  /** Of each list of names one is set, or more. */
  readonly atLeastOneOf?: readonly (readonly string[])[];
  /** Of each list of names at most one is set. */
  readonly conflicts?: readonly (readonly string[])[];
  /** What must be set where the name is. */
  readonly requiredWith?: Readonly<Record<string, readonly string[]>>;
  /** What the schema forgot to mark, by path. */
  readonly sensitive?: readonly string[];
  /** Blocks, by path, that the provider fills in where nobody wrote them; `values` says with what. */
  readonly computedBlocks?: readonly string[];
  /** Whether what has its id is written over where it is made, and not refused; or by which attribute it is. */
  readonly overwrites?: true | string;
  /** Attributes with the ids of what it makes beside itself, such as the group for the nodes of a cluster. */
  readonly makes?: readonly string[];
  /** Types that go with it when it is destroyed, such as the secrets of a vault, each with the attribute that has its id. */
  readonly takes?: Readonly<Record<string, string>>;
  /** Keys that an overlay below this one may have, and that do not hold. */
  readonly takenBack?: readonly string[];
  /** For data sources: the attributes by which the resource is found; without it, all that are set. */
  readonly match?: readonly string[];
  /** For data sources: the resource types that it finds, where its name is another; null where it finds none. */
  readonly finds?: string | readonly string[] | null;
  /** For data sources: what a list attribute holds of every resource that fits, as a template or a map of them. */
  readonly lists?: Readonly<Record<string, unknown>>;
  /** For data sources with `lists`: whether the provider refuses where nothing fits. */
  readonly needsOne?: boolean;
  /** For data sources: the attribute that an argument or a filter means, where its name is another. */
  readonly filters?: Readonly<Record<string, string>>;
}

/** Of one provider. */
export interface ProviderOverlay {
  /** Such as `hashicorp/azurerm`. */
  readonly source: string;
  /** The versions of the provider that it was written for, such as `>= 4.40, < 6.0`; without it, any. */
  readonly holdsFor?: string;
  /** Settings in capitals of the id templates that no provider configuration gives: `SUB`, `ACCOUNT`. */
  readonly settings: Readonly<Record<string, string>>;
  readonly resources: ReadonlyMap<string, TypeOverlay>;
  /** Of data sources that have no resource of the same name, or differ from it. */
  readonly dataSources: ReadonlyMap<string, TypeOverlay>;
  /** How its types name what they stand in, where their ids do not tell. */
  readonly parents?: readonly ParentRule[];
  /** What keeps resources of its types from being deleted. */
  readonly protections?: readonly ProtectionRule[];
  /** What changes of types force a new resource, as the provider itself said. */
  readonly replacements?: ReadonlyMap<string, Replacements>;
  /** What exists already, of every provider, as the project says. */
  readonly given?: readonly GivenResource[];
}

/** Paths whose change makes a new resource, always or in some cases. */
export interface Replacements {
  readonly always: readonly string[];
  readonly sometimes: readonly string[];
}
