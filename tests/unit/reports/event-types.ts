import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A field of an event as its type has it. */
export interface TypedField {
  readonly name: string;
  /** Every word that may stand there, where it is one of ours. */
  readonly words: ReadonlySet<string>;
}

interface Declared {
  readonly file: string;
  /** What stands behind its name, without comments. */
  readonly text: string;
}

/** Where a name that a file uses is declared; undefined for what TypeScript itself declares. */
function declarationOf(file: string, name: string): Declared | undefined {
  const source = readFileSync(file, "utf8").replace(/\/\*\*[\s\S]*?\*\//g, "");
  const own = new RegExp(`^(?:export )?(?:interface|type) ${name}\\b`, "m").exec(source);
  if (own) return { file, text: declared(source, own.index) };
  const imported = new RegExp(`^import [^;]*\\b${name}\\b[^;]* from "(\\.[^"]+)";`, "m").exec(source)?.[1];
  return imported === undefined ? undefined : declarationOf(join(dirname(file), imported), name);
}

/** From the name of a declaration to where the next begins. */
function declared(source: string, start: number): string {
  const text = source.slice(start).replace(/^(?:export )?(?:interface|type) \w+/, "");
  return text.split(/^(?:export|interface|type|const|function|import) /m)[0] ?? "";
}

/** Fields at any depth, with their types as they are written. */
function fieldsIn(text: string): readonly (readonly [string, string])[] {
  const parts = text.split(/readonly (\w+)\??: /);
  return parts.flatMap((name, at) => (at % 2 === 1 ? [[name, parts[at + 1] ?? ""] as const] : []));
}

/** Every object that can be part of an event, by the name of its type. */
export function typedObjects(file: string, root: string): ReadonlyMap<string, readonly TypedField[]> {
  const objects = new Map<string, readonly TypedField[]>();

  const fieldsOf = ({ file: where, text }: Declared): ReadonlyMap<string, Set<string>> => {
    const fields = new Map<string, Set<string>>();
    const join = (name: string, more: ReadonlySet<string>): void =>
      void fields.set(name, new Set([...(fields.get(name) ?? []), ...more]));
    const [head = ""] = text.split(/readonly /);
    for (const above of [...namesIn(head), ...namesBehind(text)])
      for (const [name, words] of inherited(where, above)) join(name, words);
    for (const [name, type] of fieldsIn(text)) join(name, wordsOf(where, type));
    return fields;
  };
  const inherited = (where: string, name: string): ReadonlyMap<string, Set<string>> => {
    const found = declarationOf(where, name);
    return found ? fieldsOf(found) : new Map();
  };
  const wordsOf = (where: string, type: string, within = ""): ReadonlySet<string> => {
    const [plain = ""] = type.split(/;\n/);
    const member = /\b([A-Z]\w+)\["(\w+)"\]/.exec(plain);
    if (member) return inherited(where, member[1] ?? "").get(member[2] ?? "") ?? new Set();
    const words = new Set([...plain.matchAll(/"([^"]+)"/g)].map(([, word = ""]) => word));
    for (const name of namesIn(plain)) {
      const found = declarationOf(where, name);
      if (!found || name === within) continue;
      take(name, found);
      if (fieldsIn(found.text).length === 0)
        for (const word of wordsOf(found.file, found.text, name)) words.add(word);
    }
    return words;
  };
  const take = (name: string, found: Declared): void => {
    if (objects.has(name) || fieldsIn(found.text).length + namesBehind(found.text).length === 0) return;
    objects.set(name, []);
    objects.set(
      name,
      [...fieldsOf(found)].map(([field, words]) => ({ name: field, words })),
    );
  };

  const union = declarationOf(file, root);
  for (const name of namesIn(union?.text ?? "")) {
    const found = declarationOf(file, name);
    if (found) take(name, found);
  }
  return objects;
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\b([A-Z]\w+)\b/g)].map(([, name = ""]) => name);
}

/** Types that stand in a union, each on a line of its own. */
function namesBehind(text: string): readonly string[] {
  return [...text.matchAll(/^ {2}\| ([A-Z]\w+)\b/gm)].map(([, name = ""]) => name);
}
