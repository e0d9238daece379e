/**
 * For each line of a generated JSON file the path of keys and indices that it stands for: two spaces for each level, a
 * key or an element on each line. A closing bracket stands for what it closes.
 */
export function jsonLinePaths(text: string): readonly (readonly string[])[] {
  const path: string[] = [];
  return text.split("\n").map((line) => {
    const depth = Math.floor((line.length - line.trimStart().length) / 2);
    if (depth > 0 && !/^\s*[\]}]/.test(line)) path[depth - 1] = keyOf(line) ?? nextIndex(path[depth - 1]);
    path.length = depth;
    return [...path];
  });
}

function keyOf(line: string): string | undefined {
  const written = /^\s*("(?:[^"\\]|\\.)*"): /.exec(line)?.[1];
  return written === undefined ? undefined : (JSON.parse(written) as string);
}

function nextIndex(previous: string | undefined): string {
  return previous === undefined ? "0" : String(Number(previous) + 1);
}
