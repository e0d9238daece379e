import { digestOf } from "../text/digest.ts";
import type { AttributeSchema } from "./provider-schema.ts";
import type { Value } from "./value.ts";

/**
 * A name of which only the beginning was written, in `name_prefix`, `bucket_prefix` or `generate_name` beside it;
 * undefined of anything else. `beside` looks up what stands in the same object.
 */
export function prefixedName(
  { type }: AttributeSchema,
  path: readonly string[],
  beside: (name: string) => Value,
  seed: string,
): string | undefined {
  if (type.kind !== "plain" || type.type !== "string") return undefined;
  const name = path.join(".");
  const siblings = [
    `${name}_prefix`,
    ...(path.at(-1) === "name" ? [name.replace(/name$/, "generate_name")] : []),
  ];
  const prefix = siblings.map(beside).find((text) => typeof text === "string" && text !== "");
  if (typeof prefix !== "string") return undefined;
  return `${prefix}rehearsal-${digestOf(`${seed}\n${name}`).slice(0, 8)}`;
}
