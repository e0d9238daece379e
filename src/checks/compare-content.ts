import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type Json, isJsonList, isJsonMap, parseJson } from "../plans/json.ts";
import { keyText } from "../plans/quote-text.ts";
import { isSameJson, shown } from "./json-expectation.ts";
import type { Redact } from "./redact.ts";
import { SettingError } from "./setting.ts";

/** The bytes of a file beside the spec. */
export async function readExpectedFile(specFolder: string, path: string): Promise<Uint8Array> {
  try {
    return await readFile(resolve(specFolder, path));
  } catch {
    throw new SettingError(`there is no file '${path}' beside the spec that can be read`);
  }
}

/** The first difference as a clause, of data where both are JSON, else of bytes; undefined where there is none. */
export function findDifference(actual: Uint8Array, expected: Uint8Array, redact: Redact): string | undefined {
  const left = jsonOf(actual);
  const right = jsonOf(expected);
  if (left !== undefined && right !== undefined) return differenceOfJson(left, right, "", redact);
  if (Buffer.compare(actual, expected) === 0) return undefined;
  const at = actual.findIndex((byte, index) => byte !== expected[index]);
  const first = at < 0 ? actual.length : at;
  return `they differ from byte ${first} on (${actual.length} bytes, and ${expected.length} were due)`;
}

function differenceOfJson(actual: Json, expected: Json, path: string, redact: Redact): string | undefined {
  if (isSameJson(actual, expected)) return undefined;
  const left = membersOf(actual);
  const right = membersOf(expected);
  if (left === undefined || right === undefined || isJsonList(actual) !== isJsonList(expected))
    return `${path === "" ? "it" : `'${path}'`} is ${shown(actual, redact)}, and ${shown(expected, redact)} was due`;
  for (const key of new Set([...right.keys(), ...left.keys()])) {
    const inner = path === "" ? key : `${path}.${key}`;
    const [one, other] = [left.get(key), right.get(key)];
    if (one === undefined) return `it has no '${inner}'`;
    if (other === undefined) return `it has '${inner}', which is not due`;
    const found = differenceOfJson(one, other, inner, redact);
    if (found !== undefined) return found;
  }
  return undefined;
}

function membersOf(json: Json): ReadonlyMap<string, Json> | undefined {
  if (isJsonList(json)) return new Map(json.map((item, index) => [String(index), item]));
  return isJsonMap(json) ? new Map([...json].map(([key, item]) => [keyText(key), item])) : undefined;
}

function jsonOf(bytes: Uint8Array): Json | undefined {
  try {
    return parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
