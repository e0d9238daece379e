const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
/** Far beyond what Terraform can hold; a longer exponent is an attack on our memory. */
const MOST_DIGITS = 20_000;

/**
 * The number that a decimal text writes: a number if that prints as the same decimal, else a bigint, or with a
 * fraction the text without needless zeros.
 */
export function parseExactNumber(text: string): number | bigint | string {
  const plain = plainDecimal(text);
  if (!plain.includes(".")) {
    const whole = BigInt(plain);
    return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
  }
  const near = Number(plain);
  return Number.isFinite(near) && plainDecimal(String(near)) === plain ? near : plain;
}

/** Whether a text writes a number. */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

/** The number that a double on the wire is, to its last digit. */
export function exactDouble(double: number): number | bigint | string {
  if (Number.isSafeInteger(double)) return double === 0 ? 0 : double;
  if (Number.isInteger(double)) return BigInt(double);
  let places = 0;
  let whole = Math.abs(double);
  for (; !Number.isInteger(whole); places++) whole *= 2;
  const digits = (BigInt(whole) * 5n ** BigInt(places)).toString().padStart(places + 1, "0");
  const sign = double < 0 ? "-" : "";
  return parseExactNumber(`${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`);
}

/** A number as plain decimal text: no exponent, no needless zero. */
export function decimalText(value: number | bigint | string): string {
  if (typeof value === "bigint") return value.toString();
  return Number.isInteger(value) ? BigInt(value).toString() : plainDecimal(String(value));
}

function plainDecimal(text: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = DECIMAL.exec(text) ?? [];
  if (whole === "") throw new Error(`'${text.slice(0, 40)}' is no decimal number`);
  const shift = Number(exponent);
  if (Math.abs(shift) > MOST_DIGITS) throw new Error(`'${text.slice(0, 40)}' has too many digits`);
  const digits = whole + fraction;
  const point = whole.length + shift;
  const before = point > 0 ? digits.slice(0, point).padEnd(point, "0") : "0";
  const after = point >= 0 ? digits.slice(point) : digits.padStart(digits.length - point, "0");
  const [integer, rest] = [before.replace(/^0+(?=\d)/, ""), after.replace(/0+$/, "")];
  if (rest !== "") return `${sign}${integer}.${rest}`;
  return integer === "0" ? "0" : `${sign}${integer}`;
}
