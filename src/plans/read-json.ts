import { type Json, isJsonList, isJsonMap } from "./json.ts";

const EMPTY: ReadonlyMap<string, Json> = new Map();

/** The member of an object; undefined where the object or the member is not there. */
export function memberOf(json: Json | undefined, key: string): Json | undefined {
  return isJsonMap(json) ? json.get(key) : undefined;
}

/** The members of an object; none where it is no object. */
export function membersOf(json: Json | undefined): ReadonlyMap<string, Json> {
  return isJsonMap(json) ? json : EMPTY;
}

/** The elements of an array; none where it is no array. */
export function elementsOf(json: Json | undefined): readonly Json[] {
  return isJsonList(json) ? json : [];
}

/** The string; undefined where it is anything else. */
export function textOf(json: Json | undefined): string | undefined {
  return typeof json === "string" ? json : undefined;
}

/** The strings of an array, leaving out what is none. */
export function textsOf(json: Json | undefined): readonly string[] {
  return elementsOf(json).filter((element) => typeof element === "string");
}
