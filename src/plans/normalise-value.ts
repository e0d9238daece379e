import type { ApprovedValue } from "./approval.ts";
import { canonicalNumber } from "./canonical-number.ts";
import type { PartialValue } from "./value.ts";

export type HashText = (text: string) => string;

/** The value with what is sensitive replaced leaf by leaf by hashes, so that known leaves beside unknown ones still count. */
export function normaliseValue(value: PartialValue, hash: HashText, isInSensitive = false): ApprovedValue {
  const isSensitive = isInSensitive || value.sensitive === true;
  switch (value.kind) {
    case "unknown":
      return { kind: "unknown" };
    case "scalar":
      if (isSensitive) return { kind: "hash", hash: hash(`value ${JSON.stringify(value.value)}`) };
      return { kind: "scalar", value: value.value };
    case "number":
      if (isSensitive) return { kind: "hash", hash: hash(`value ${canonicalNumber(value.digits)}`) };
      return { kind: "number", digits: value.digits };
    case "list":
      return { kind: "list", items: value.items.map((item) => normaliseValue(item, hash, isSensitive)) };
    case "map": {
      const entries = [...value.entries].map(
        ([key, entry]) =>
          [isSensitive ? hash(`key ${key}`) : key, normaliseValue(entry, hash, isSensitive)] as const,
      );
      return { kind: "map", entries: new Map(entries), ...(isSensitive ? { hashedKeys: true } : {}) };
    }
  }
}
