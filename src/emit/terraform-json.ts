import type { JsonText } from "./positions.ts";

/** What may stand in a generated file: strings only by way of one of the three positions. */
export type TerraformJson =
  null | boolean | number | bigint | JsonText | readonly TerraformJson[] | TerraformObject;
export interface TerraformObject {
  readonly [key: string]: TerraformJson;
}

/** An object without the entries that are undefined. */
export function present(entries: Readonly<Record<string, TerraformJson | undefined>>): TerraformObject {
  return Object.fromEntries(
    Object.entries(entries).filter(([, value]) => value !== undefined),
  ) as TerraformObject;
}

/** An object without the entries that are undefined or empty objects: Terraform refuses empty label maps. */
export function block(entries: Readonly<Record<string, TerraformJson | undefined>>): TerraformObject {
  const kept = Object.entries(entries).filter(([, value]) => value !== undefined && !isEmpty(value));
  return Object.fromEntries(kept) as TerraformObject;
}

function isEmpty(value: TerraformJson): boolean {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
  );
}
