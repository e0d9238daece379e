import type { ProviderSchemaJson } from "../provider/read-provider-schema.ts";
import { namesOfTypes } from "./names-of-types.ts";

/** Every type of a schema, as a pack's script names it. */
export function knownTypes(json: ProviderSchemaJson): readonly string[] {
  return namesOfTypes({
    resources: Object.keys(json.resource_schemas ?? {}),
    dataSources: Object.keys(json.data_source_schemas ?? {}),
    ephemerals: Object.keys(json.ephemeral_resource_schemas ?? {}),
  });
}
