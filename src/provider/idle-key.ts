import { attributesIn } from "./expand-template.ts";
import type { AttributeSchema, BlockSchema, CtyType } from "./provider-schema.ts";

/** Keys of an overlay with a map by path, or with lists of paths; what the others name is not of the type itself. */
type Checked = (block: BlockSchema, said: unknown) => string | undefined;

/** Says what a key of an overlay names that the type does not have, or has otherwise: it would do nothing. */
export function idleKey(block: BlockSchema, key: string, said: unknown): string | undefined {
  return Object.hasOwn(CHECKED, key) ? CHECKED[key]!(block, said) : undefined;
}

const paths: Checked = (block, said) =>
  firstOf(textsIn(said), (path) => (placeAt(block, path) === undefined ? isMissing(path) : undefined));
const templates: Checked = (block, said) => paths(block, attributesIn(said));
const keys: Checked = (block, said) => paths(block, Object.keys(said as object));

const CHECKED: Readonly<Record<string, Checked>> = {
  at_least_one_of: paths,
  computed_blocks: paths,
  conflicts: paths,
  exactly_one_of: paths,
  force_new: paths,
  force_new_if: keys,
  id: templates,
  makes: paths,
  match: paths,
  max_items: keys,
  overwrites: (block, said) => (said === true ? undefined : paths(block, said)),
  required_with: (block, said) => keys(block, said) ?? paths(block, Object.values(said as object)),
  sensitive: paths,
  unique: paths,
  defaults: (block, said) =>
    keys(block, said) ??
    firstOf(Object.keys(said as object), (path) =>
      placeAt(block, path)?.attribute?.isOptional === true
        ? undefined
        : `'${path}' is decided by the provider alone, so a default has no effect: 'values' says what it is when applied, 'planned' what is known before`,
    ),
  values: (block, said) =>
    keys(block, said) ??
    templates(block, said) ??
    firstOf(Object.keys(said as object), (path) => {
      const place = placeAt(block, path);
      const isDecided = place?.attribute === undefined || place.attribute.isComputed;
      return isDecided
        ? undefined
        : `'${path}' is never decided by the provider: 'defaults' says what it is where nobody writes it`;
    }),
  planned: (block, said) =>
    templates(block, said) ??
    firstOf(Object.keys(said as object), (name) => {
      const attribute = block.attributes.get(name);
      if (attribute === undefined) return isMissing(name);
      return attribute.isComputed && attribute.type.kind === "plain"
        ? undefined
        : `'${name}' is never decided by the provider, so nothing of it is known while planning but what is written`;
    }),
};

function firstOf(all: readonly string[], check: (one: string) => string | undefined): string | undefined {
  return all.map(check).find((one) => one !== undefined);
}

function isMissing(path: string): string {
  return `there is no '${path}' in it`;
}

function textsIn(said: unknown): readonly string[] {
  if (typeof said === "string") return [said];
  return Array.isArray(said) ? said.flatMap(textsIn) : [];
}

/** A block where there is no attribute. */
interface Place {
  readonly attribute?: AttributeSchema;
}

/** What stands at a path, without its indexes; inside of a plain object, or of a value of any type, the attribute that holds it. */
function placeAt(block: BlockSchema, path: string): Place | undefined {
  const [name, ...rest] = path.split(".").filter((one) => !/^\d+$/.test(one));
  const nested = block.blocks.get(name!);
  if (nested !== undefined) return rest.length === 0 ? {} : placeAt(nested.block, rest.join("."));
  const attribute = block.attributes.get(name!);
  if (attribute === undefined || rest.length === 0) return attribute && { attribute };
  const { type } = attribute;
  if (type.kind === "plain") return isIn(type.type, rest) ? { attribute } : undefined;
  return placeAt({ attributes: type.attributes, blocks: new Map() }, rest.join("."));
}

function isIn(type: CtyType, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined || type === "dynamic") return true;
  if (typeof type === "string") return false;
  switch (type[0]) {
    case "list":
    case "set":
      return isIn(type[1], [name, ...rest]);
    case "map":
      return isIn(type[1], rest);
    case "tuple":
      return true;
    case "object":
      return Object.hasOwn(type[1], name) && isIn(type[1][name]!, rest);
  }
}
