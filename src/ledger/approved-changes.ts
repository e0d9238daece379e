import { type Shape, ShapeError, listOf, literally, objectOf, optional, recordOf, text } from "./shape.ts";

/** What `approvalToJson` writes, checked before `approvalFromJson` reads it; it is returned whole. */
export const approvedChangesShape: Shape<unknown> = (value, path) => {
  changes(value, path);
  return value;
};

interface WrittenChange {
  readonly kind: string;
  readonly address: string;
  readonly provider: string;
  readonly action: string;
  readonly deposed?: string;
  readonly previousAddress?: string;
  readonly replacementOrder?: string;
  readonly importing?: unknown;
  readonly before: unknown;
  readonly after: unknown;
}

const writtenValue: Shape<unknown> = (value, path) => {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return listOf(writtenValue)(value, path);
  const [[kind, content] = ["", undefined], ...others] = Object.entries(value ?? {});
  const shape = others.length === 0 ? CONTENT.get(kind) : undefined;
  if (!shape) throw new ShapeError(path, "a value as approvals keep it");
  return shape(content, `${path}.${kind}`);
};

const isUnknown: Shape<true> = (value, path) => {
  if (value !== true) throw new ShapeError(path, "true");
  return value;
};

const CONTENT: ReadonlyMap<string, Shape<unknown>> = new Map<string, Shape<unknown>>([
  ["number", text],
  ["hash", text],
  ["unknown", isUnknown],
  ["map", recordOf(writtenValue)],
  ["hashedMap", recordOf(writtenValue)],
]);

const changes = objectOf<{ readonly version: "1"; readonly changes: readonly WrittenChange[] }>({
  version: literally("1"),
  changes: listOf(
    objectOf<WrittenChange>({
      kind: literally("resource", "output"),
      address: text,
      provider: text,
      action: literally("no-op", "create", "update", "replace", "delete", "forget"),
      deposed: optional(text),
      previousAddress: optional(text),
      replacementOrder: optional(text),
      importing: optional(writtenValue),
      before: writtenValue,
      after: writtenValue,
    }),
  ),
});
