import type { HclBlock } from "../modules/parsed-hcl.ts";

const HEADER = /^[ \t]*([a-z_]+)((?:[ \t]+(?:"[^"\n]*"|[\w-]+))*)[ \t]*\{/gm;

/** Blocks with their lines and in the order of the file, which hcl2json loses: their headers are looked for in the text. */
export function placeBlocks(blocks: readonly HclBlock[], text: string): readonly HclBlock[] {
  const linesByHeader = new Map<string, number[]>();
  let line = 1;
  let counted = 0;
  for (const match of text.matchAll(HEADER)) {
    for (; counted < match.index; counted++) if (text[counted] === "\n") line++;
    const labels = (match[2]!.match(/"[^"]*"|[\w-]+/g) ?? []).map((label) => label.replace(/^"|"$/g, ""));
    const header = JSON.stringify([match[1], ...labels]);
    const lines = linesByHeader.get(header) ?? [];
    lines.push(line);
    linesByHeader.set(header, lines);
  }
  const placed = blocks.map((block) => {
    const found = linesByHeader.get(JSON.stringify([block.type, ...block.labels]))?.shift();
    return found === undefined ? block : { ...block, line: found };
  });
  return placed.sort((left, right) => (left.line ?? Infinity) - (right.line ?? Infinity) || 0);
}
