import { parseJson } from "./json.ts";
import { mergeValue } from "./merge-value.ts";
import { memberOf, membersOf } from "./read-json.ts";
import type { PartialValue } from "./value.ts";
import { withCollections } from "./with-collections.ts";

/**
 * Applied outputs by name, wholly known and with their types: from what `terraform output -json` prints, or from
 * a state as `terraform state pull` prints it. An overlay of them stands in for an upstream that is gone.
 */
export function parseOutputs(text: string): ReadonlyMap<string, PartialValue> {
  const document = parseJson(text);
  const isState = typeof memberOf(document, "terraform_version") === "string";
  const outputs = membersOf(isState ? memberOf(document, "outputs") : document);
  const values = [...outputs].map(([name, output]) => {
    const value = mergeValue({ value: memberOf(output, "value"), sensitive: memberOf(output, "sensitive") });
    return [name, withCollections(value, memberOf(output, "type"))] as const;
  });
  return new Map(values);
}
