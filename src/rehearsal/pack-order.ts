/** A pack that would help, as `platc rehearsal pack` makes it. */
export interface PackOrder {
  /** What the platform needs and no pack of that version has: `aws_vpc`, `data.aws_vpc`. */
  readonly types: readonly string[];
  /** The only one that will do; any that the constraints allow where it is left out. */
  readonly version?: string;
  readonly constraints: readonly string[];
}
