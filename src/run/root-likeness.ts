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
  const isSameFrame =
    one.frame.length === other.frame.length && one.frame.every((part, at) => part === other.frame[at]);
  if (!isSameFrame || one.frame.length === 0) return undefined;
  const paths = new Set([...one.values.keys(), ...other.values.keys()]);
  const same = [...paths].filter((path) => one.values.get(path) === other.values.get(path));
  return paths.size === 0 ? 1 : same.length / paths.size;
}

interface RootContents {
  /** Module calls with their sources, and resources; sorted. */
  readonly frame: readonly string[];
  /** What they are given, by path. */
  readonly values: ReadonlyMap<string, string>;
}

function contentsOf({ folder, text, names }: NamedRoot): RootContents {
  const nameless = namelessText(names);
  const root = parseJson(text);
  const frame: string[] = [];
  const values = new Map<string, string>();
  for (const [name, call] of membersOf(memberOf(root, "module"))) {
    const source = textOf(memberOf(call, "source")) ?? "";
    const path = nameless(`module.${name}`);
    frame.push(`${path} ${source.startsWith(".") ? resolvePath(folder, source) : source}`);
    keep(values, path, withoutSource(call), nameless);
  }
  for (const [type, resources] of membersOf(memberOf(root, "resource")))
    for (const [name, resource] of membersOf(resources)) {
      const path = nameless(`${type}.${name}`);
      frame.push(path);
      keep(values, path, resource, nameless);
    }
  return { frame: frame.sort(), values };
}

function withoutSource(call: Json): Json {
  return isJsonMap(call) ? new Map([...call].filter(([name]) => name !== "source")) : call;
}

/** Keeps every value below a path; a list is one value. */
function keep(
  values: Map<string, string>,
  path: string,
  json: Json,
  nameless: (text: string) => string,
): void {
  if (!isJsonMap(json)) values.set(path, nameless(canonicalJson(json)));
  else for (const [name, value] of json) keep(values, `${path}.${nameless(name)}`, value, nameless);
}

/** Takes whole words out of a text that are names of a stack. */
function namelessText(names: readonly string[]): (text: string) => string {
  const words = names.map((name) => name.replace(/[^\w]/g, "\\$&")).join("|");
  const pattern = new RegExp(`(?<![A-Za-z0-9])(?:${words})(?![A-Za-z0-9])`, "g");
  return (text) => text.replace(pattern, "\u0000");
}
