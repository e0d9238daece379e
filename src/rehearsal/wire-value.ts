import { decode, encode, ExtData } from "@msgpack/msgpack";
import { invariant } from "../diagnostics/invariant.ts";
import type { CtyType } from "../provider/provider-schema.ts";
import { DynamicRecord, UNKNOWN, type Value } from "../provider/value.ts";
import { decimalText, exactDouble, parseExactNumber } from "../provider/exact-number.ts";

const OPTIONS = { useBigInt64: true };
const INT64_LEAST = -(2n ** 63n);
const UINT64_MOST = 2n ** 64n - 1n;
/** Any byte would do: Terraform looks at the kind only. */
const UNKNOWN_ON_WIRE = new ExtData(0, Uint8Array.of(0));

/** A value of a type as Terraform's MessagePack: unknown is extension 0, whatever is dynamic brings its type along. */
export function encodeValue(type: CtyType, value: Value): Uint8Array {
  return encode(toWire(type, value), OPTIONS);
}

/** The value of a type from Terraform's MessagePack; what is known of unknown values (extension 12) is dropped. */
export function decodeValue(type: CtyType, bytes: Uint8Array): Value {
  return fromWire(type, decode(bytes, OPTIONS));
}

function toWire(type: CtyType, value: Value): unknown {
  if (value === null) return null;
  if (value === UNKNOWN) return UNKNOWN_ON_WIRE;
  if (typeof type === "string") return scalarToWire(type, value);
  switch (type[0]) {
    case "list":
    case "set":
      return listOf(value).map((element) => toWire(type[1], element));
    case "tuple":
      return listOf(value).map((element, at) => toWire(elementType(type[1], at), element));
    case "map":
      return mapRecord(recordOf(value), (member) => toWire(type[1], member));
    case "object":
      return mapRecord(type[1], (member, name) => toWire(member, recordOf(value)[name] ?? null));
  }
}

function scalarToWire(type: string, value: Value): unknown {
  switch (type) {
    case "dynamic":
      invariant(value instanceof DynamicRecord, "A dynamic value does not say its type");
      return [Buffer.from(JSON.stringify(value.dynamicType)), toWire(value.dynamicType, value.value)];
    case "number":
      invariant(isNumber(value), `A number is ${kindOf(value)}`);
      return numberToWire(value);
    default:
      invariant(typeof value === scalarKind(type), `A value of type ${type} is ${kindOf(value)}`);
      return value;
  }
}

/** A fraction goes as text: Terraform reads it with more digits than a double has, as it reads its own files. */
function numberToWire(value: number | bigint | string): unknown {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  const text = decimalText(value);
  if (text.includes(".")) return text;
  const whole = BigInt(text);
  return whole < INT64_LEAST || whole > UINT64_MOST ? text : whole;
}

function fromWire(type: CtyType, wire: unknown): Value {
  if (wire === null || wire === undefined) return null;
  if (wire instanceof ExtData) return UNKNOWN;
  if (typeof type === "string") return scalarFromWire(type, wire);
  switch (type[0]) {
    case "list":
    case "set":
      return wireList(wire).map((element) => fromWire(type[1], element));
    case "tuple":
      return wireList(wire).map((element, at) => fromWire(elementType(type[1], at), element));
    case "map":
      return mapRecord(wireRecord(wire), (member) => fromWire(type[1], member));
    case "object":
      return mapRecord(type[1], (member, name) => fromWire(member, wireRecord(wire)[name]));
  }
}

function scalarFromWire(type: string, wire: unknown): Value {
  switch (type) {
    case "dynamic": {
      const [typeText, value] = wireList(wire);
      const text = typeText instanceof Uint8Array ? Buffer.from(typeText).toString("utf8") : String(typeText);
      const dynamicType = JSON.parse(text) as CtyType;
      return new DynamicRecord(dynamicType, fromWire(dynamicType, value));
    }
    case "number":
      if (typeof wire === "number") return exactDouble(wire);
      invariant(
        typeof wire === "bigint" || typeof wire === "string",
        "A number on the wire is of no known kind",
      );
      return parseExactNumber(wire.toString());
    default:
      invariant(typeof wire === scalarKind(type), `On the wire, a value of type ${type} is a ${typeof wire}`);
      return wire as string | boolean;
  }
}

function scalarKind(type: string): string {
  return type === "bool" ? "boolean" : type;
}

function elementType(types: readonly CtyType[], at: number): CtyType {
  const type = types[at];
  invariant(type !== undefined, "A tuple has more elements than its type");
  return type;
}

function isNumber(value: Value): value is number | bigint | string {
  return typeof value === "number" || typeof value === "bigint" || typeof value === "string";
}

function listOf(value: Value): readonly Value[] {
  invariant(Array.isArray(value), `A list, set or tuple is ${kindOf(value)}`);
  return value as readonly Value[];
}

function recordOf(value: Value): Readonly<Record<string, Value>> {
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
  invariant(isRecord && !(value instanceof DynamicRecord), `A map or object is ${kindOf(value)}`);
  return value as Readonly<Record<string, Value>>;
}

function wireList(wire: unknown): readonly unknown[] {
  invariant(Array.isArray(wire), "On the wire, a list is none");
  return wire as readonly unknown[];
}

function wireRecord(wire: unknown): Readonly<Record<string, unknown>> {
  invariant(typeof wire === "object" && wire !== null && !Array.isArray(wire), "On the wire, a map is none");
  return wire as Readonly<Record<string, unknown>>;
}

function kindOf(value: Value): string {
  if (value === null || Array.isArray(value)) return value === null ? "null" : "a list";
  return value instanceof DynamicRecord ? "a dynamic value" : `a ${typeof value}`;
}

/** By `fromEntries`, which takes any name for a plain one. */
function mapRecord<T, R>(record: Readonly<Record<string, T>>, change: (value: T, name: string) => R) {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]));
}
