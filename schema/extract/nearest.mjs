const MOST_EDITS = 3;

/** The name that is spelt most alike, or undefined where none is near. */
export function nearest(word, names) {
  const near = names
    .map((name) => ({ name, distance: editDistance(word, name) }))
    .filter(({ distance }) => distance <= MOST_EDITS)
    .sort((left, right) => left.distance - right.distance || (left.name < right.name ? -1 : 1));
  return near[0]?.name;
}

function editDistance(left, right) {
  if (Math.abs(left.length - right.length) > MOST_EDITS) return Infinity;
  let last = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const change = left[row - 1] === right[column - 1] ? 0 : 1;
      current.push(Math.min(last[column] + 1, current[column - 1] + 1, last[column - 1] + change));
    }
    last = current;
  }
  return last[right.length];
}
