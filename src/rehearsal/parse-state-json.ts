import { parse } from "lossless-json";
import { parseExactNumber } from "../provider/exact-number.ts";

/** The JSON of a state, whose numbers keep all of their digits: see `Value`. */
export function parseStateJson(text: string): unknown {
  return parse(text, undefined, parseExactNumber);
}
