import type { ValueRecord } from "./is-record.ts";

/** What exists before any stack is applied, as far as the project describes it. */
export interface GivenResource {
  /** Of its provider, such as `hashicorp/azurerm`. */
  readonly source: string;
  readonly typeName: string;
  /** As the resource would have them; `id` may be among them. */
  readonly attributes: ValueRecord;
  /** The environment for whose stacks alone it exists; undefined where it exists for all. */
  readonly environment?: string;
}
