import { digestOf } from "../text/digest.ts";
import { uuid } from "./made-up-text.ts";
import type { TypeContext } from "./provider-engine.ts";
import { valueAt } from "./value-at.ts";
import type { Value } from "./value.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const LONGEST = 4096;

/** What `hashicorp/random` computes, in the length and the range that was asked for; undefined of anything else. */
export function randomValue(
  { source, typeName }: TypeContext,
  resource: Value,
  name: string,
  seed: string,
): Value | undefined {
  if (!/\/random$/.test(source)) return undefined;
  const digest = digestOf(seed);
  switch (`${typeName}.${name}`) {
    case "random_password.id":
      return "none";
    case "random_password.result":
    case "random_string.result":
    case "random_string.id":
      return randomText(resource, seed);
    case "random_uuid.result":
    case "random_uuid.id":
      return uuid({ digest });
    case "random_integer.result":
      return integerWithin(resource, digest);
    case "random_integer.id":
      return String(integerWithin(resource, digest));
    case "random_shuffle.result":
      return shuffled(resource);
    case "random_pet.id":
      return [valueAt(resource, "prefix"), "rehearsal", digest.slice(0, 8)]
        .filter((part) => part !== null)
        .join(textOr(valueAt(resource, "separator"), "-"));
    default:
      return typeName === "random_id" ? randomId(resource, name, seed) : undefined;
  }
}

/** Letters and digits alone, which every rule about characters allows, in turn, so that a text has both. */
function randomText(resource: Value, seed: string): string {
  const hasDigits = valueAt(resource, "numeric") !== false && valueAt(resource, "number") !== false;
  const hasLower = valueAt(resource, "lower") !== false;
  const hasUpper = valueAt(resource, "upper") !== false;
  const letters = hasLower ? LETTERS : hasUpper ? LETTERS.toUpperCase() : DIGITS;
  const bytes = bytesOf(seed, lengthOr(valueAt(resource, "length"), 16));
  return bytes
    .map((byte, at) => {
      if (hasUpper && hasLower && at % 4 === 1) return LETTERS.toUpperCase()[byte % 26]!;
      const alphabet = hasDigits && at % 4 === 3 ? DIGITS : letters;
      return alphabet[byte % alphabet.length]!;
    })
    .join("");
}

function integerWithin(resource: Value, digest: string): number {
  const least = numberOr(valueAt(resource, "min"), 0);
  const most = numberOr(valueAt(resource, "max"), least);
  return least + (parseInt(digest.slice(0, 12), 16) % Math.max(1, most - least + 1));
}

function shuffled(resource: Value): Value {
  const input = valueAt(resource, "input");
  const count = valueAt(resource, "result_count");
  if (!Array.isArray(input)) return [];
  return typeof count === "number" && count >= 0 ? input.slice(0, count) : input;
}

function randomId(resource: Value, name: string, seed: string): Value | undefined {
  const bytes = bytesOf(seed, lengthOr(valueAt(resource, "byte_length"), 8));
  const prefix = textOr(valueAt(resource, "prefix"), "");
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const standard = btoa(String.fromCharCode(...bytes));
  const inUrls = standard.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  switch (name) {
    case "hex":
      return `${prefix}${hex}`;
    case "dec":
      return `${prefix}${BigInt(`0x${hex}`)}`;
    case "b64_std":
      return `${prefix}${standard}`;
    case "b64_url":
      return `${prefix}${inUrls}`;
    case "id":
      return inUrls;
    default:
      return undefined;
  }
}

function bytesOf(seed: string, length: number): readonly number[] {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, at) => digestOf(`${seed}\n${at}`)).join(
    "",
  );
  return Array.from({ length }, (_, at) => parseInt(blocks.slice(2 * at, 2 * at + 2), 16));
}

/** A length that someone can mean: the provider refuses the rest, or takes long over it. */
function lengthOr(value: Value, otherwise: number): number {
  return typeof value === "number" && value >= 1 ? Math.min(Math.floor(value), LONGEST) : otherwise;
}

function numberOr(value: Value, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}

function textOr(value: Value, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
