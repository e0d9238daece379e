import { suggest } from "../diagnostics/suggest.ts";

/** Why a text names no time zone, and how to mend it; undefined where it names one. */
export function timeZoneProblem(
  zone: string,
): { readonly message: string; readonly hint: string } | undefined {
  if (isZone(zone)) return undefined;
  const near = suggest(zone, [...Intl.supportedValuesOf("timeZone"), "UTC"]);
  const hint = near
    ? `did you mean '${near}'?`
    : "names are those of the time zone database, such as UTC or Asia/Seoul";
  return { message: `there is no time zone '${zone}'`, hint };
}

/** Offsets such as +09:00 are no names, and have no summer time. */
function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
