import type { JsonObject } from "../text/json.ts";

/**
 * A top-level block. Its body is as `@cdktf/hcl2json` gives it: an expression is `"${...}"`, a nested block is an
 * object under its labels, in an array where it may repeat.
 */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: JsonObject;
  /** The line that it begins on, where the file is HCL. */
  readonly line?: number;
}

/** Something in a file that is not well formed; the place counts from 1. */
export interface HclFailure {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * One `.tf` or `.tf.json` file. `syntax` says how literal positions (default, description) are to be read:
 * in HCL `$${` stands for `${`, in JSON nothing is escaped there.
 */
export interface ParsedHcl {
  readonly syntax: "hcl" | "json";
  /** In the order of the file. */
  readonly blocks: readonly HclBlock[];
  readonly failures: readonly HclFailure[];
}

/** Reads a file by its path (which decides between HCL and JSON) and text; mistakes in it are returned. */
export type ParseHcl = (path: string, text: string) => Promise<ParsedHcl>;
