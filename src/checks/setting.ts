import { type Json, isJsonList, isJsonMap, isJsonNumber } from "../plans/json.ts";
import type { CheckSettings } from "./check-attempt.ts";

/** A setting is not what it must be; another try would see the same. */
export class SettingError extends Error {
  override readonly name = "SettingError";
}

/** Text, or a number or truth value as text, since outputs have types of their own. */
export function textSetting(settings: CheckSettings, name: string): string {
  return optionalText(settings, name) ?? wrong(name, "text", settings.get(name));
}

export function optionalText(settings: CheckSettings, name: string): string | undefined {
  const value = settings.get(name);
  return value === undefined || value === null ? undefined : asText(value, name);
}

export function flagSetting(settings: CheckSettings, name: string): boolean {
  const value = settings.get(name) ?? false;
  if (typeof value === "boolean") return value;
  return value === "true" || (value === "false" ? false : wrong(name, "true or false", value));
}

export function textListSetting(settings: CheckSettings, name: string): readonly string[] {
  const value = settings.get(name);
  return isJsonList(value) ? value.map((item) => asText(item, name)) : wrong(name, "a list of texts", value);
}

/** Texts by name; none where it is left out. */
export function textMapSetting(settings: CheckSettings, name: string): ReadonlyMap<string, string> {
  return new Map([...mapSetting(settings, name)].map(([key, item]) => [key, asText(item, `${name}.${key}`)]));
}

/** Anything by name; empty where it is left out. */
export function mapSetting(settings: CheckSettings, name: string): ReadonlyMap<string, Json> {
  const value = settings.get(name) ?? new Map<string, Json>();
  return isJsonMap(value) ? value : wrong(name, "a map", value);
}

/** Whole numbers, of which one may stand alone. */
export function numbersSetting(settings: CheckSettings, name: string): readonly number[] | undefined {
  const value = settings.get(name);
  if (value === undefined || value === null) return undefined;
  const numbers = (isJsonList(value) ? value : [value]).map((item) => Number(asText(item, name)));
  return numbers.length > 0 && numbers.every(Number.isSafeInteger)
    ? numbers
    : wrong(name, "a whole number", value);
}

function asText(value: Json, name: string): string {
  if (typeof value === "string") return value;
  if (isJsonNumber(value)) return value.digits;
  return typeof value === "boolean" ? String(value) : wrong(name, "text", value);
}

function wrong(name: string, due: string, value: Json | undefined): never {
  throw new SettingError(`'${name}' must be ${due}, and is ${describe(value)}`);
}

function describe(value: Json | undefined): string {
  if (value === undefined) return "not there";
  if (value === null) return "null";
  if (isJsonMap(value)) return "a map";
  if (isJsonList(value)) return "a list";
  return isJsonNumber(value) ? value.digits : JSON.stringify(value);
}
