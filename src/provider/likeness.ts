import { isRecord } from "./is-record.ts";
import type { Value } from "./value.ts";

type Likeness = (text: string, wanted: readonly string[]) => boolean;

/** By the end of an argument's name; one that ends with another comes before it. */
const LIKENESSES = {
  prefix: (text, [wanted]) => text.startsWith(wanted!),
  regex: (text, [wanted]) => matchesRegex(text, wanted!),
  regex_pattern: (text, [wanted]) => matchesRegex(text, wanted!),
  not_like_all_patterns: (text, wanted) => !wanted.some((pattern) => matchesPattern(text, pattern)),
  like_all_patterns: (text, wanted) => wanted.every((pattern) => matchesPattern(text, pattern)),
  like_any_patterns: (text, wanted) => wanted.some((pattern) => matchesPattern(text, pattern)),
} as const satisfies Readonly<Record<string, Likeness>>;
const KINDS = Object.keys(LIKENESSES) as readonly (keyof typeof LIKENESSES)[];

/** What an argument such as `name_prefix` or `name_regex` says of a text; undefined where it says something else. */
export function likenessOf(argument: string): keyof typeof LIKENESSES | undefined {
  return KINDS.find((kind) => argument === kind || argument.endsWith(`_${kind}`));
}

/** Whether a value is like what such an argument wants; nothing is wanted where it is no text, and no list of them. */
export function isLike(argument: string, wanted: Value, has: Value): boolean {
  const kind = likenessOf(argument);
  const texts = [wanted].flat().filter((one): one is string => typeof one === "string");
  if (kind === undefined || texts.length === 0) return true;
  return typeof has === "string" && LIKENESSES[kind](has, texts);
}

/** The same for the attribute that the argument's name begins with; every other argument is met. */
export function isLikenessMet(argument: string, wanted: Value, made: Value): boolean {
  const kind = likenessOf(argument);
  const attribute = kind === undefined ? "" : argument.slice(0, -kind.length - 1);
  if (!isRecord(made) || !Object.hasOwn(made, attribute)) return true;
  return isLike(argument, wanted, made[attribute]!);
}

/** An expression that only Go understands lets everything through. */
function matchesRegex(text: string, expression: string): boolean {
  try {
    return new RegExp(expression).test(text);
  } catch {
    return true;
  }
}

/** A pattern of SQL's LIKE: `%` is any text, `_` any character. */
function matchesPattern(text: string, pattern: string): boolean {
  const escaped = pattern.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("%", ".*").replaceAll("_", ".")}$`, "s").test(text);
}
