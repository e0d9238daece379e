/**
 * What a person writes in `rehearsal.yaml`, beside a spec. The JSON schema that editors use is generated from this file
 * (`npm run schema`), so its comments are what a user reads while typing.
 */

/** What a platform's rehearsals take to exist before any stack is applied. */
export interface WrittenRehearsal {
  /**
   * What others have made, by resource type. It exists wherever the provider's configuration points to: data sources
   * find it, imports take it over, other resources may stand in it, and a second one of its name clashes with it.
   */
  given?: WrittenGivenTypes;
  /** What exists beside that in some environments only. */
  environments?: WrittenRehearsalEnvironments;
}

/** By the name of an environment of the platform. */
export interface WrittenRehearsalEnvironments {
  [environment: string]: WrittenRehearsalEnvironment;
}

/** One environment of the platform, as its rehearsals find it. */
export interface WrittenRehearsalEnvironment {
  /**
   * What others have made for this environment alone, by resource type: stacks of other environments know nothing of it.
   * What a shared environment has is there for all. It counts before what is given to every environment under the same id.
   */
  given?: WrittenGivenTypes;
}

/** By resource type, such as `azurerm_resource_group`, a list of what exists. */
export interface WrittenGivenTypes {
  [type: string]: WrittenGivenResource[];
}

/**
 * One that exists: as many of its attributes as anything asks for, or its `id` alone. The others are made up.
 * @minProperties 1
 */
export interface WrittenGivenResource {
  /** Its id; where that is made of names, it says them too. */
  id?: string;
  [attribute: string]: unknown;
}
