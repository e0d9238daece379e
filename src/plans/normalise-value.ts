import type { ApprovedValue } from "./approval.ts";
import { canonicalNumber } from "./canonical-number.ts";
import type { PartialValue } from "./value.ts";

export type HashText = (text: string) => string;
/** Whether a text is secret though nothing marks it as sensitive. */
export type IsSecret = (text: string) => boolean;

/** The value with what is sensitive replaced leaf by leaf by hashes, so that known leaves beside unknown ones still count. */
export function normaliseValue(
  value: PartialValue,
  hash: HashText,
  isSecret: IsSecret = () => false,
): ApprovedValue {
  return normalise(value, { hash, isSecret }, false);
}

interface Concealment {
  readonly hash: HashText;
  readonly isSecret: IsSecret;
}

function normalise(value: PartialValue, conceal: Concealment, isInSensitive: boolean): ApprovedValue {
  const { hash, isSecret } = conceal;
  const isSensitive = isInSensitive || value.sensitive === true;
  switch (value.kind) {
    case "unknown":
      return { kind: "unknown" };
    case "scalar":
      if (isSensitive || (typeof value.value === "string" && isSecret(value.value)))
        return { kind: "hash", hash: hash(`value ${JSON.stringify(value.value)}`) };
      return { kind: "scalar", value: value.value };
    case "number":
      if (isSensitive || isSecret(value.digits))
        return { kind: "hash", hash: hash(`value ${canonicalNumber(value.digits)}`) };
      return { kind: "number", digits: value.digits };
    case "list":
      return { kind: "list", items: value.items.map((item) => normalise(item, conceal, isSensitive)) };
    case "map": {
      const hashesKeys = isSensitive || [...value.entries.keys()].some(isSecret);
      const entries = [...value.entries].map(
        ([key, entry]) =>
          [hashesKeys ? hash(`key ${key}`) : key, normalise(entry, conceal, isSensitive)] as const,
      );
      return { kind: "map", entries: new Map(entries), ...(hashesKeys ? { hashedKeys: true } : {}) };
    }
  }
}
