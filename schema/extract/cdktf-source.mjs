// Reads the TypeScript that a CDKTF package carries in its source maps; the classes are never run.

/** The TypeScript of a compiled file, out of its inline source map. */
export function typeScriptOf(compiled) {
  const start = compiled.lastIndexOf("sourceMappingURL=data:application/json");
  if (start < 0) throw new Error("a file of the package has no inline source map");
  const encoded = compiled.slice(compiled.indexOf("base64,", start) + "base64,".length).trim();
  return JSON.parse(Buffer.from(encoded, "base64").toString("utf8")).sourcesContent[0];
}

/**
 * What the code of one type declares, by name: interfaces (what can be set), attributes (types, as `ToHclTerraform`
 * spells them) and classes (which of them are computed). `main` is the resource's own class, `kind` what it extends, `config` its interface.
 */
export function readSource(texts) {
  const source = { interfaces: new Map(), attributes: new Map(), classes: new Map(), main: undefined, kind: undefined, config: undefined };
  for (const text of texts) {
    for (const [, name, body] of text.matchAll(/^export interface (\w+)[^{]*\{\n([\s\S]*?)^\}/gm))
      source.interfaces.set(name, readInterface(body));
    for (const [, name, body] of text.matchAll(/^export function (\w+)ToHclTerraform\(([\s\S]*?)^\}/gm))
      source.attributes.set(capitalised(name), readAttributes(body));
    for (const [, name, parent, body] of text.matchAll(
      /^export class (\w+) extends cdktf\.(\w+) \{\n([\s\S]*?)^\}/gm,
    )) {
      source.classes.set(name, readFields(body));
      if (!/^Terraform(?:Resource|DataSource|EphemeralResource|Provider)$/.test(parent)) continue;
      Object.assign(source, { main: name, kind: parent, config: /config: (\w+)/.exec(body)?.[1] });
      source.attributes.set(source.config, readAttributes(body.slice(body.indexOf("synthesizeHclAttributes"))));
    }
  }
  return source;
}

const FIELD = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*readonly \w+(\?)?: ([^;]+(?:; *\}[^;]*)?);/g;

/** A block's comment is no description of the provider's, but its name and the word block. */
function readInterface(body) {
  const fields = new Map();
  for (const [, comment, optional, type] of body.matchAll(FIELD)) {
    const name = /#\w+ \w+#(\w+)\}/.exec(comment)?.[1];
    if (name === undefined) continue;
    fields.set(name, {
      isOptional: optional !== undefined,
      isBlock: new RegExp(`^\\s*\\* ${name} block$`, "m").test(comment),
      isMany: /\[\]/.test(type) || /\[key: string\]/.test(type),
    });
  }
  return fields;
}

const ATTRIBUTE =
  /^ +(\w+): \{\n +value: (.*),\n +isBlock: (?:true|false),\n +type: "(\w+)",\n +storageClassType: "(\w+)",/gm;

function readAttributes(body) {
  const attributes = new Map();
  for (const [, name, value, container, storage] of body.matchAll(ATTRIBUTE)) {
    const struct = /(?<![\w.])(\w+)ToHclTerraform/.exec(value)?.[1];
    attributes.set(name, { container, storage, struct: struct && capitalised(struct) });
  }
  return attributes;
}

const COMMENT = /^ +\/\/ (\w+) - computed: (true|false), optional: (true|false), required: (true|false)\n/gm;

function readFields(body) {
  const found = [...body.matchAll(COMMENT)];
  const fields = new Map();
  for (const [at, match] of found.entries()) {
    const [, name, computed, optional, required] = match;
    const code = body.slice(match.index, found[at + 1]?.index);
    fields.set(name, {
      computed: computed === "true",
      optional: optional === "true",
      required: required === "true",
      code: code.slice(0, code.indexOf("// ====") < 0 ? undefined : code.indexOf("// ====")),
    });
  }
  return fields;
}

function capitalised(name) {
  return name[0].toUpperCase() + name.slice(1);
}
