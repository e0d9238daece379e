import type { ProviderTypes } from "../provider/cut-provider-schema.ts";

/** Types by the names that a pack's script takes: `aws_vpc`, `data.aws_vpc`, `ephemeral.aws_vpc`. */
export function namesOfTypes({ resources, dataSources, ephemerals }: ProviderTypes): readonly string[] {
  return [
    ...resources,
    ...dataSources.map((type) => `data.${type}`),
    ...ephemerals.map((type) => `ephemeral.${type}`),
  ];
}
