/** What a resource stands in, by its id or by a name in it. */
export interface Parent {
  /** The first is the usual one; `SOURCE:TYPE` is one of another provider. */
  readonly types: readonly string[];
  readonly name: string;
  /** What makes it out, as one would write it down. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly exists: boolean;
  /** Whether it belongs to somebody else, of whom the rehearsal knows nothing. */
  readonly isElsewhere?: boolean;
}
