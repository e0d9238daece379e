/** A selection of stacks in order: the edges keep the order through stacks that were left out. */
export interface Selection {
  readonly addresses: readonly string[];
  readonly upstreamOf: ReadonlyMap<string, readonly string[]>;
  /** Selected environments that have no stacks: what is applied there has left the spec. */
  readonly emptyEnvironments: readonly string[];
}
