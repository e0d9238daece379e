import { invariant } from "../diagnostics/invariant.ts";
import type { Approval, ApprovedChange, ApprovedValue } from "./approval.ts";
import type { PlainJson } from "./approval-to-json.ts";

/** Reads what `approvalToJson` wrote; throws where it is anything else. */
export function approvalFromJson(json: unknown): Approval {
  const written = json as { version?: unknown; changes?: unknown } | null;
  invariant(written?.version === "1" && Array.isArray(written.changes), "this is no approval of version 1");
  return { changes: written.changes.map(changeFromJson) };
}

type WrittenChange = Omit<ApprovedChange, "before" | "after" | "importing"> & {
  readonly before: PlainJson;
  readonly after: PlainJson;
  readonly importing?: PlainJson;
};

function changeFromJson(written: WrittenChange): ApprovedChange {
  const { before, after, importing, ...rest } = written;
  return {
    ...rest,
    ...(importing === undefined ? {} : { importing: valueFromJson(importing) }),
    before: valueFromJson(before),
    after: valueFromJson(after),
  };
}

function valueFromJson(json: PlainJson): ApprovedValue {
  if (json === null || typeof json !== "object") return { kind: "scalar", value: json };
  if (isList(json)) return { kind: "list", items: json.map(valueFromJson) };
  const [[name, content] = ["nothing", null]] = Object.entries(json);
  if (name === "unknown") return { kind: "unknown" };
  if (name === "number" && typeof content === "string") return { kind: "number", digits: content };
  if (name === "hash" && typeof content === "string") return { kind: "hash", hash: content };
  const isMap = (name === "map" || name === "hashedMap") && content !== null && typeof content === "object";
  invariant(isMap && !isList(content), `an approval holds the value '${name}', which platc does not know`);
  const entries = new Map(
    Object.entries(content).map(([key, entry]) => [key, valueFromJson(entry)] as const),
  );
  return { kind: "map", entries, ...(name === "hashedMap" ? { hashedKeys: true } : {}) };
}

function isList(json: PlainJson): json is readonly PlainJson[] {
  return Array.isArray(json);
}
