import type { Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/** What people call a resource: a name in it, else its id. */
export function labelOf(resource: Value, id: string): string {
  const names = ["name", "bucket", "metadata.name", "identifier", "function_name", "cluster_identifier"];
  const name = names
    .map((one) => valueAt(resource, one))
    .find((one) => typeof one === "string" && one !== "");
  return typeof name === "string" ? name : id;
}
