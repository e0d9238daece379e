import { splitNumber } from "lossless-json";

/** One spelling for each number, so that 1.0, 1 and 10e-1 are the same. */
export function canonicalNumber(digits: string): string {
  const split = splitNumber(digits);
  const significant = split.digits.replace(/0+$/, "");
  return significant === "" ? "0" : `${split.sign}${significant}e${split.exponent}`;
}
