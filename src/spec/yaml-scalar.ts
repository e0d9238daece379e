import { isScalar, type Node } from "yaml";
import type { Scalar } from "./node.ts";

/** What a spec holds of a YAML scalar: undefined where Terraform can hold no such value. */
export function plainScalar(value: unknown): Scalar | undefined {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") {
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
  }
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value === "string") return asTerraformHolds(value);
  return typeof value === "boolean" ? value : undefined;
}

/** The text of a key; undefined where it is none. */
export function keyText(key: Node | null): string | undefined {
  if (!isScalar(key)) return undefined;
  const text = typeof key.value === "string" ? key.value : (key.source ?? String(key.value));
  return asTerraformHolds(text);
}

/** Composed (NFC), and with U+FFFD for halves of characters. */
function asTerraformHolds(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd").normalize("NFC");
}
