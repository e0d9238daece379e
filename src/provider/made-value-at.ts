import { valueAt } from "./value-at.ts";
import type { Value } from "./value.ts";

/**
 * What stands at a path of a resource that was made. `id.kind` is what an id of Azure says that the resource is, such
 * as `Microsoft.Network/virtualNetworks`; null of any other id.
 */
export function madeValueAt(made: Value, path: string): Value {
  return path === "id.kind" ? kindIn(valueAt(made, "id")) : valueAt(made, path);
}

/** After `/providers/` the namespace, then pairs of a kind and a name. */
function kindIn(id: Value): Value {
  const [namespace, ...pairs] =
    typeof id === "string" ? (id.split("/providers/").at(-1) ?? "").split("/") : [];
  const kinds = pairs.filter((_, at) => at % 2 === 0);
  const isAzure = typeof id === "string" && id.includes("/providers/") && kinds.length > 0;
  return isAzure ? [namespace, ...kinds].join("/") : null;
}
