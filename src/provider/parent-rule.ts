/** By what attribute a resource names the one that it stands in, where its id does not tell. */
export interface ParentRule {
  /** Types that the rule is for, with `*` for any text. */
  readonly of: readonly string[];
  /** The attribute that names the parent, such as `metadata.namespace`. */
  readonly attribute: string;
  /** Types of which the parent is one. */
  readonly types: readonly string[];
  /** Attributes of the parent of which one has the name. */
  readonly by: readonly string[];
  /** Types, also of other providers (`hashicorp/helm:helm_release`), that may have made it on the way. */
  readonly also?: readonly string[];
  /** Names, with `*` for any text, of what the cloud itself has. */
  readonly unless?: readonly string[];
}
