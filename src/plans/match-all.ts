/**
 * Whether every left element can have a right element of its own that it covers, both of the same number.
 * A greedy choice could give a wildcard the one partner that another needs, so choices are revised (Kuhn).
 */
export function matchAll<Element>(
  lefts: readonly Element[],
  rights: readonly Element[],
  covers: (left: Element, right: Element) => boolean,
): boolean {
  if (lefts.length !== rights.length) return false;
  const candidates = lefts.map((left) => rights.flatMap((right, at) => (covers(left, right) ? [at] : [])));
  const leftOfRight = new Map<number, number>();
  const place = (left: number, tried: Set<number>): boolean =>
    (candidates[left] ?? []).some((right) => {
      if (tried.has(right)) return false;
      tried.add(right);
      const holder = leftOfRight.get(right);
      if (holder !== undefined && !place(holder, tried)) return false;
      leftOfRight.set(right, left);
      return true;
    });
  return lefts.every((_, left) => place(left, new Set()));
}
