/** What keeps a resource from being deleted, as the cloud or its provider would; types without the attribute are left alone. */
export interface ProtectionRule {
  /** Types that the rule is for, with `*` for any text. */
  readonly of: readonly string[];
  /** The attribute that protects, such as `deletion_protection`. */
  readonly attribute: string;
  /** Values of it that refuse a delete; null is what is not set. Without it, true does. */
  readonly while?: readonly (boolean | string | null)[];
  /** An attribute that, where it is true, lifts it: `force_destroy`. */
  readonly unless?: string;
  /** What a delete needs then: without it the provider does not even ask. That is a mistake, and no wish. */
  readonly needs?: string;
}
