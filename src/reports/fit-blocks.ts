/** Lines between an opening and a closing, such as fences, of which lines may be cut at the end. */
export interface Section {
  readonly open: readonly string[];
  readonly lines: readonly string[];
  readonly close: readonly string[];
}

/** Sections between an opening and a closing. */
export interface Block {
  readonly open: readonly string[];
  readonly sections: readonly Section[];
  readonly close: readonly string[];
  /** Whether it is kept before others where not all can be. */
  readonly isUrgent: boolean;
}

export interface FittedBlocks {
  readonly lines: readonly string[];
  readonly cutLines: number;
  readonly cutBlocks: number;
}

/** Below this many bytes a block tells nothing. */
const LEAST_BYTES = 600;
/** What the remark on what was cut takes. */
const REMARK_BYTES = 60;

/** Blocks cut to a number of bytes by whole lines: short ones stay whole, long ones share what is left evenly. */
export function fitBlocks(blocks: readonly Block[], bytes: number): FittedBlocks {
  if (sizeOf(blocks.flatMap(allLines)) <= bytes) {
    return { lines: blocks.flatMap(allLines), cutLines: 0, cutBlocks: 0 };
  }
  const urgentFirst = [...blocks].sort((left, right) => Number(right.isUrgent) - Number(left.isUrgent));
  const kept = urgentFirst.slice(0, Math.floor(bytes / LEAST_BYTES));
  const shares = shareBytes(kept, bytes);
  const fitted = blocks.flatMap((block) => {
    const share = shares.get(block);
    const one = share === undefined ? undefined : fitBlock(block, share);
    return one ? [one] : [];
  });
  return {
    lines: fitted.flatMap(({ lines }) => lines),
    cutLines: fitted.reduce((sum, { cut }) => sum + cut, 0),
    cutBlocks: blocks.length - fitted.length,
  };
}

function allLines({ open, sections, close }: Block): readonly string[] {
  return [...open, ...sections.flatMap((one) => [...one.open, ...one.lines, ...one.close]), ...close];
}

/** How many bytes lines take, with their line breaks. */
export function sizeOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}

function shareBytes(blocks: readonly Block[], bytes: number): ReadonlyMap<Block, number> {
  const sizes = blocks
    .map((block) => ({ block, size: sizeOf(allLines(block)) }))
    .sort((left, right) => left.size - right.size);
  const shares = new Map<Block, number>();
  let left = bytes;
  for (const [at, { block, size }] of sizes.entries()) {
    const share = Math.min(size, Math.floor(left / (sizes.length - at)));
    shares.set(block, share);
    left -= share;
  }
  return shares;
}

function fitBlock(
  block: Block,
  bytes: number,
): { readonly lines: readonly string[]; readonly cut: number } | undefined {
  const whole = allLines(block);
  if (sizeOf(whole) <= bytes) return { lines: whole, cut: 0 };
  let left = bytes - sizeOf(block.open) - sizeOf(block.close) - REMARK_BYTES;
  if (left < 0) return undefined;
  const shown: string[] = [];
  let cut = 0;
  for (const { open, lines, close } of block.sections) {
    const fitting = cut > 0 ? [] : linesWithin(lines, left - sizeOf(open) - sizeOf(close));
    cut += lines.length - fitting.length;
    if (fitting.length === 0) continue;
    const section = [...open, ...fitting, ...close];
    shown.push(...section);
    left -= sizeOf(section);
  }
  const remark = cut === 0 ? [] : [`_${cut} more ${cut === 1 ? "line" : "lines"} cut_`, ""];
  return { lines: [...block.open, ...shown, ...remark, ...block.close], cut };
}

/** The first lines that fit into a number of bytes. */
export function linesWithin(lines: readonly string[], bytes: number): readonly string[] {
  let left = bytes;
  const end = lines.findIndex((line) => {
    left -= Buffer.byteLength(line) + 1;
    return left < 0;
  });
  return end === -1 ? lines : lines.slice(0, end);
}
