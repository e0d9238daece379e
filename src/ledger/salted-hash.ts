import { createHmac } from "node:crypto";
import type { Json } from "../plans/json.ts";
import { canonicalJson } from "./canonical-json.ts";

/** Gives random bytes; `randomBytes` of node:crypto outside of tests. */
export type RandomBytes = (count: number) => Uint8Array;

/** A salt for one entry: without it, hashes of the same secret in two entries would show that it is the same. */
export function newSalt(random: RandomBytes): string {
  return Buffer.from(random(16)).toString("hex");
}

/**
 * The hash that the ledger keeps of a value which may be secret: HMAC-SHA256 of its canonical JSON, keyed with the
 * entry's salt. The salt lies beside it: whoever may read the ledger can test a guess, as they can read the state.
 */
export function saltedHash(value: Json, salt: string): string {
  return createHmac("sha256", salt).update(canonicalJson(value)).digest("hex");
}
