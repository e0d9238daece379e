/** One step from an old list to a new one: kept, changed in place, gone or added. */
export interface AlignedPair<Element> {
  readonly before?: Element;
  readonly after?: Element;
  readonly isSame: boolean;
}

const LARGEST_TABLE = 1_000_000;

/**
 * Aligns two lists by their longest common subsequence. Between what is kept, gone and added elements are paired
 * as changed in place while both last. Lists too long for that are paired by position.
 */
export function alignLists<Element>(
  before: readonly Element[],
  after: readonly Element[],
  isSame: (left: Element, right: Element) => boolean,
): readonly AlignedPair<Element>[] {
  const pairs: AlignedPair<Element>[] = [];
  let [fromBefore, fromAfter] = [0, 0];
  const kept = before.length * after.length > LARGEST_TABLE ? [] : commonPositions(before, after, isSame);
  for (const [atBefore, atAfter] of [...kept, [before.length, after.length] as const]) {
    pairs.push(...pairUp(before.slice(fromBefore, atBefore), after.slice(fromAfter, atAfter), isSame));
    const [old, young] = [before[atBefore], after[atAfter]];
    if (old !== undefined && young !== undefined) pairs.push({ before: old, after: young, isSame: true });
    [fromBefore, fromAfter] = [atBefore + 1, atAfter + 1];
  }
  return pairs;
}

function pairUp<Element>(
  gone: readonly Element[],
  added: readonly Element[],
  isSame: (left: Element, right: Element) => boolean,
): readonly AlignedPair<Element>[] {
  return Array.from({ length: Math.max(gone.length, added.length) }, (_, at) => {
    const [before, after] = [gone[at], added[at]];
    if (before !== undefined && after !== undefined) return { before, after, isSame: isSame(before, after) };
    return before === undefined ? { after: after as Element, isSame: false } : { before, isSame: false };
  });
}

function commonPositions<Element>(
  before: readonly Element[],
  after: readonly Element[],
  isSame: (left: Element, right: Element) => boolean,
): readonly (readonly [number, number])[] {
  const same = before.map((left) => after.map((right) => isSame(left, right)));
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  const lengthAt = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const best = same[i]?.[j]
        ? 1 + lengthAt(i + 1, j + 1)
        : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));
      (lengths[i] as Uint32Array)[j] = best;
    }
  }
  const positions: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    if (same[i]?.[j]) positions.push([i++, j++]);
    else if (lengthAt(i + 1, j) >= lengthAt(i, j + 1)) i++;
    else j++;
  }
  return positions;
}
