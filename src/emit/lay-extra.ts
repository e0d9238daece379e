import type { TerraformJson, TerraformObject } from "./terraform-json.ts";

/** Lays raw Terraform JSON over a root module: objects merge, everything else replaces. */
export function layExtra(below: TerraformObject, above: TerraformJson): TerraformObject {
  if (!isObject(above)) return below;
  const result: Record<string, TerraformJson> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const known = result[key];
    result[key] = isObject(known) && isObject(value) ? layExtra(known, value) : value;
  }
  return result;
}

function isObject(value: TerraformJson | undefined): value is TerraformObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
