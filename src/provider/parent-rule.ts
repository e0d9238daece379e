/** By what attributes a resource names those that it stands in, where its id does not tell. */
export interface ParentRule {
  /** Types that the rule is for, with `*` for any text. */
  readonly of: readonly string[];
  /** The attribute that names the parent, such as `metadata.namespace`, or several; each may hold a list. */
  readonly attribute: string | readonly string[];
  /** Types of which the parent is one, also of other providers (`hashicorp/kubernetes:kubernetes_namespace_v1`). */
  readonly types: readonly string[];
  /** Attributes of the parent of which one has the name; with `arn` among them, names may be ARNs. */
  readonly by: readonly string[];
  /** Types, also of other providers (`hashicorp/helm:helm_release`), that may have made it on the way. */
  readonly also?: readonly string[];
  /** Names, with `*` for any text, of what the cloud itself has. */
  readonly unless?: readonly string[];
  /** Attributes by which the resource makes the parent itself, where one is set: `create_namespace`. */
  readonly itself?: readonly string[];
}
