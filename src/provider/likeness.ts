import { isRecord } from "./is-record.ts";
import type { Value } from "./value.ts";

const LIKENESSES = {
  prefix: (text: string, wanted: string) => text.startsWith(wanted),
  regex: matchesRegex,
} as const;

/** What an argument such as `name_prefix` or `name_regex` says of a text; undefined where it says something else. */
export function likenessOf(argument: string): keyof typeof LIKENESSES | undefined {
  return (["prefix", "regex"] as const).find((kind) => argument === kind || argument.endsWith(`_${kind}`));
}

/** Whether a value is like what such an argument wants; nothing is wanted where it is no text. */
export function isLike(argument: string, wanted: Value, has: Value): boolean {
  const kind = likenessOf(argument);
  if (kind === undefined || typeof wanted !== "string") return true;
  return typeof has === "string" && LIKENESSES[kind](has, wanted);
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
