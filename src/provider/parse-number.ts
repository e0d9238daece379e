const DECIMAL = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * A number as values hold it: exact, whatever JSON reader it comes from; undefined where it is none. A whole number
 * that a double would change is a bigint, one with a fraction stays text.
 */
export function parseNumber(raw: unknown): number | bigint | string | undefined {
  if (typeof raw === "number") return raw;
  if (typeof raw === "bigint") return Number.isSafeInteger(Number(raw)) ? Number(raw) : raw;
  const text = digitsOf(raw);
  if (text === undefined) return undefined;
  if (/^-?\d+$/.test(text)) return parseNumber(BigInt(text));
  const double = Number(text);
  return Number.isFinite(double) && significant(String(double)) === significant(text) ? double : text;
}

/** The text of a number, or what a lossless JSON reader wraps it in. */
function digitsOf(raw: unknown): string | undefined {
  if (typeof raw === "string") return DECIMAL.test(raw) ? raw : undefined;
  if (typeof raw !== "object" || raw === null || !("isLosslessNumber" in raw)) return undefined;
  return raw.toString();
}

/** Digits without leading and trailing zeros, and the power of ten of the last: equal for equal numbers. */
function significant(text: string): string {
  const [, sign, whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const trimmed = digits.replace(/0+$/, "");
  const power = Number(exponent) - fraction.length + (digits.length - trimmed.length);
  return trimmed === "" ? "0" : `${sign}${trimmed}e${power}`;
}
