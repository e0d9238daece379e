/** A selection of stacks in order: the edges keep the order through stacks that were left out. */
export interface Selection {
  readonly addresses: readonly string[];
  readonly upstreamOf: ReadonlyMap<string, readonly string[]>;
  /** Selected environments that have no stacks, or have left the spec themselves: what is applied there has left the spec. */
  readonly emptyEnvironments: readonly string[];
}
