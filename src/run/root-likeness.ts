import { canonicalJson } from "../ledger/canonical-json.ts";
import { isJsonMap, type Json, parseJson } from "../plans/json.ts";
import { memberOf, membersOf, textOf } from "../plans/read-json.ts";
import { resolvePath } from "../text/paths.ts";

/** A compiled root module, and what of it only says whose it is. */
export interface NamedRoot {
  /** From the project root. */
  readonly folder: string;
  /** Of its `main.tf.json`. */
  readonly text: string;
  /** Names and addresses of its stack, the longest first. */
  readonly names: readonly string[];
}

/**
 * How much of two root modules is the same but for the names of their stacks, from 0 to 1; undefined where they call
 * other modules or have other resources, and so are not one stack under two names.
 */
export function rootLikeness(left: NamedRoot, right: NamedRoot): number | undefined {
  const [one, other] = [contentsOf(left), contentsOf(right)];
  if (one.frame.length === 0 || !isSameFrame(one.frame, other.frame)) return undefined;
  const pairs = one.values.flatMap((value) => {
    const paired = other.values.find(({ path }) => isSamePath(path, value.path));
    return paired === undefined ? [] : [isSame(value.text, paired.text)];
  });
  const total = one.values.length + other.values.length - pairs.length;
  return total === 0 ? 1 : pairs.filter((same) => same).length / total;
}

/** A text as it stands, and without the names of its stack: a rename may leave either as it was. */
interface NamedText {
  readonly written: string;
  readonly nameless: string;
}

interface RootContents {
  /** Module calls with their sources, and resources with their types. */
  readonly frame: readonly { readonly kind: string; readonly name: NamedText }[];
  /** What they are given. */
  readonly values: readonly { readonly path: readonly NamedText[]; readonly text: NamedText }[];
}

function isSame(one: NamedText, other: NamedText): boolean {
  return one.written === other.written || one.nameless === other.nameless;
}

function isSamePath(one: readonly NamedText[], other: readonly NamedText[]): boolean {
  return (
    one.length === other.length &&
    one.every((part, at) => {
      const same = other[at];
      return same !== undefined && isSame(part, same);
    })
  );
}

function isSameFrame(one: RootContents["frame"], other: RootContents["frame"]): boolean {
  const left = [...other];
  const isTaken = ({ kind, name }: RootContents["frame"][number]): boolean => {
    const at = left.findIndex((part) => part.kind === kind && isSame(part.name, name));
    return at >= 0 && left.splice(at, 1).length === 1;
  };
  return one.length === other.length && one.every(isTaken);
}

function contentsOf({ folder, text, names }: NamedRoot): RootContents {
  const named = namedText(names);
  const root = parseJson(text);
  const frame: RootContents["frame"][number][] = [];
  const values: RootContents["values"][number][] = [];
  const keep = (path: readonly NamedText[], json: Json): void => {
    if (!isJsonMap(json)) values.push({ path, text: named(canonicalJson(json)) });
    else for (const [name, value] of json) keep([...path, named(name)], value);
  };
  for (const [name, call] of membersOf(memberOf(root, "module"))) {
    const source = textOf(memberOf(call, "source")) ?? "";
    const kind = `module ${source.startsWith(".") ? resolvePath(folder, source) : source}`;
    frame.push({ kind, name: named(name) });
    keep([named("module"), named(name)], withoutSource(call));
  }
  for (const [type, resources] of membersOf(memberOf(root, "resource")))
    for (const [name, resource] of membersOf(resources)) {
      frame.push({ kind: type, name: named(name) });
      keep([named(type), named(name)], resource);
    }
  return { frame, values };
}

function withoutSource(call: Json): Json {
  return isJsonMap(call) ? new Map([...call].filter(([name]) => name !== "source")) : call;
}

/** Takes whole words out of a text that are names of a stack. */
function namedText(names: readonly string[]): (text: string) => NamedText {
  const words = names.map((name) => name.replace(/[^\w]/g, "\\$&")).join("|");
  const pattern = new RegExp(`(?<![A-Za-z0-9])(?:${words})(?![A-Za-z0-9])`, "g");
  return (text) => ({ written: text, nameless: text.replace(pattern, "\u0000") });
}
