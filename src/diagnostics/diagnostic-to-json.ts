import { position } from "../source/position.ts";
import type { Position, Range } from "../source/source.ts";
import type { Diagnostic } from "./diagnostic.ts";

/** A range for machines: lines and columns count from 1, columns in code points, `end` exclusive. */
export interface JsonPlace {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** A diagnostic as `--json` prints it. */
export interface JsonDiagnostic {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly hint?: string;
  readonly place?: JsonPlace;
  readonly related?: readonly { readonly message: string; readonly place: JsonPlace }[];
}

export function diagnosticToJson({
  code,
  severity,
  message,
  hint,
  range,
  related,
}: Diagnostic): JsonDiagnostic {
  return {
    code,
    severity,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(range ? { place: jsonPlace(range) } : {}),
    ...(related?.length
      ? { related: related.map((place) => ({ message: place.message, place: jsonPlace(place.range) })) }
      : {}),
  };
}

function jsonPlace({ file, start, end }: Range): JsonPlace {
  return { file: file.path, start: position(file, start), end: position(file, end) };
}
