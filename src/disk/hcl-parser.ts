import type { HclFailure, ParsedHcl, ParseHcl } from "../modules/parsed-hcl.ts";
import type { Json } from "../text/json.ts";
import { hclBlocks } from "./hcl-blocks.ts";
import { placeBlocks } from "./place-blocks.ts";

// The library puts the file name into its messages; a fixed one makes results depend on the text alone.
const FILE_NAME = "platc-module.tf";
const PLACED_MESSAGE = /platc-module\.tf:(\d+),(\d+)-(?:\d+,)?\d+: /;

/** Reads a `.tf` file by hcl2json and a `.tf.json` file as it is; the library is loaded with the first `.tf` file. */
export const parseHcl: ParseHcl = async (path, text) =>
  path.endsWith(".json") ? parseTerraformJson(text) : parseNativeSyntax(text);

async function parseNativeSyntax(text: string): Promise<ParsedHcl> {
  const { parse } = await import("@cdktf/hcl2json");
  let root: Json;
  try {
    root = (await parse(FILE_NAME, text)) as Json;
  } catch (error) {
    return { syntax: "hcl", blocks: [], failures: parserFailures(messageOf(error)) };
  }
  const parsed = hclBlocks(root, "hcl");
  return { ...parsed, blocks: placeBlocks(parsed.blocks, text) };
}

/** `parse config: [f.tf:2,10-3,1: Invalid expression; Expected ... f.tf:9,1-2: ...]` as one failure for each place. */
function parserFailures(message: string): readonly HclFailure[] {
  const [head, ...parts] = message.split(PLACED_MESSAGE);
  if (parts.length === 0) return [{ message: head!.replace(/^(?:convert [\w ]+: )+/, "") }];
  const failures: HclFailure[] = [];
  for (let at = 0; at < parts.length; at += 3) {
    const text = parts[at + 2]!.trim().replace(/\]$/, "").replace("; ", ": ").replace(/\.$/, "");
    failures.push({ message: text, line: Number(parts[at]), column: Number(parts[at + 1]) });
  }
  return failures;
}

async function parseTerraformJson(text: string): Promise<ParsedHcl> {
  const { parse } = await import("lossless-json");
  try {
    return hclBlocks(
      parse(text, null, { parseNumber: exactNumber, onDuplicateKey: bothValues }) as Json,
      "json",
    );
  } catch (error) {
    return { syntax: "json", blocks: [], failures: [jsonFailure(messageOf(error), text)] };
  }
}

function exactNumber(text: string): number | bigint {
  const number = Number(text);
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(number) ? BigInt(text) : number;
}

// Terraform joins repeated block objects; an array of objects means the same.
function bothValues({ oldValue, newValue }: { oldValue: unknown; newValue: unknown }): unknown {
  return [oldValue, newValue].flat();
}

function jsonFailure(message: string, text: string): HclFailure {
  const [, stated] = /at position (\d+)/.exec(message) ?? [];
  const before = text.slice(0, stated === undefined ? text.length : Number(stated)).split("\n");
  return {
    message: message.replace(/ at position \d+$/, ""),
    line: before.length,
    column: [...before.at(-1)!].length + 1,
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
