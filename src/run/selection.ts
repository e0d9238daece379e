/** A selection of stacks in order: the edges keep the order through stacks that were left out. */
export interface Selection {
  readonly addresses: readonly string[];
  readonly upstreamOf: ReadonlyMap<string, readonly string[]>;
}
