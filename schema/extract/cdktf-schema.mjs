// Turns what a CDKTF package says of a type into the JSON of `terraform providers schema -json`.

/**
 * The block of one resource, data source or provider. `hasNestedTypes` says whether the provider knows attributes with
 * attributes of their own; an older one has lists of objects, in which every inner attribute must be written.
 */
export function blockOf(source, hasNestedTypes) {
  return readBlock(source, source.config, source.main, hasNestedTypes);
}

function readBlock(source, struct, className, hasNestedTypes) {
  const block = { attributes: {}, block_types: {} };
  for (const field of fieldsOf(source, struct, className)) {
    // What CDKTF itself takes as anything is taken as anything here.
    if (field.isBlock && field.struct !== undefined) block.block_types[field.name] = readNestedBlock(source, field, hasNestedTypes);
    else block.attributes[field.name] = readAttribute(source, field, hasNestedTypes);
  }
  return block;
}

/** Fields of a class; structs of providers have no class, and only what can be set. */
function fieldsOf(source, struct, className) {
  const attributes = source.attributes.get(struct) ?? new Map();
  const settable = source.interfaces.get(struct) ?? new Map();
  const classFields = source.classes.get(className);
  const names = [...(classFields?.keys() ?? settable.keys())].filter((name) => !isMeta(source, className, name));
  return names.map((name) => {
    const { isOptional = true, isBlock = false, isMany = true } = settable.get(name) ?? {};
    const field = classFields?.get(name) ?? { computed: false, optional: isOptional, required: !isOptional, code: "" };
    const shape = attributes.get(name) ?? computedShape(field.code);
    const isOnlyBlock = !field.computed && !field.optional && !field.required;
    return { name, ...field, ...shape, isBlock: isBlock || isOnlyBlock, isMany };
  });
}

/** The alias of a provider configuration is Terraform's own. */
function isMeta(source, className, name) {
  return name === "alias" && className === source.main && source.kind === "TerraformProvider";
}

const MAPPERS = { String: "string", Number: "number", Boolean: "bool", Any: "dynamic" };

/** What is only computed has no entry among what is written; its getter tells the type. */
function computedShape(code) {
  const complex = /new (\w+?)(List|Map|OutputReference)\(this, "\w+"(?:, (true|false))?/.exec(code);
  if (complex) {
    const [, struct, kind, isSet] = complex;
    const container = kind === "List" ? (isSet === "true" ? "set" : "list") : kind === "Map" ? "map" : "struct";
    return { struct, container };
  }
  const library = /new cdktf\.(\w+)\(this, "\w+"(?:, (true|false))?/.exec(code);
  if (library) return { container: library[2] === "true" ? "set" : "simple", storage: uncapitalised(library[1]) };
  const getter = /this\.get(\w*?)Attribute\(/.exec(code)?.[1];
  if (getter === undefined) return { container: "simple", storage: "any" };
  const storage = getter === "List" ? "stringList" : uncapitalised(getter);
  return { container: code.includes("cdktf.Fn.tolist(") ? "set" : "simple", storage };
}

function readNestedBlock(source, field, hasNestedTypes) {
  const block = readBlock(source, field.struct, `${field.struct}OutputReference`, hasNestedTypes);
  if (field.container === "struct") return { nesting_mode: "single", block };
  return {
    nesting_mode: field.container,
    block,
    ...(field.required && { min_items: 1 }),
    ...(!field.isMany && { max_items: 1 }),
  };
}

function readAttribute(source, field, hasNestedTypes) {
  return {
    ...(field.struct !== undefined && hasNestedTypes
      ? { nested_type: nestedType(source, field) }
      : { type: typeOf(source, field) }),
    ...(field.required && { required: true }),
    ...(field.optional && { optional: true }),
    ...(field.computed && { computed: true }),
    // No package says it; the name is the convention that all providers keep.
    ...(field.name.endsWith("_wo") && !field.computed && { write_only: true, sensitive: true }),
  };
}

function nestedType(source, field) {
  const mode = field.container === "struct" ? "single" : field.container;
  const inner = fieldsOf(source, field.struct, `${field.struct}OutputReference`);
  const attributes = inner.map((one) => [one.name, readAttribute(source, one, true)]);
  return { attributes: Object.fromEntries(attributes), nesting_mode: mode };
}

function typeOf(source, field) {
  if (field.struct === undefined) return plainType(field.storage, field.container);
  const inner = fieldsOf(source, field.struct, `${field.struct}OutputReference`);
  const object = ["object", Object.fromEntries(inner.map((one) => [one.name, typeOf(source, one)]))];
  return field.container === "struct" ? object : [field.container, object];
}

/** `anyMap` is what the generator makes of a dynamic attribute. */
function plainType(storage, container) {
  if (storage === "anyMap" || storage === "any") return "dynamic";
  const outer = /(List|Map)$/.exec(storage)?.[1];
  if (outer === undefined) return MAPPERS[storage[0].toUpperCase() + storage.slice(1)] ?? "dynamic";
  const kind = container === "set" ? "set" : outer.toLowerCase();
  return [kind, plainType(storage.slice(0, -outer.length), "simple")];
}

function uncapitalised(name) {
  return name[0].toLowerCase() + name.slice(1);
}
