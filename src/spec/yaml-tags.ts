import type { CollectionTag, ScalarTag } from "yaml";

/** The tags that a spec may use, for the YAML library. */
export const YAML_TAGS: readonly (ScalarTag | CollectionTag)[] = [
  { tag: "!raw", resolve: (text) => text },
  { tag: "!unset", resolve: (text) => text },
  { tag: "!replace", collection: "map" },
];
