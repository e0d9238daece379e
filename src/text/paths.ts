/** The path from one folder to another place, both from the same root, with `/` on every machine. */
export function relativePath(fromFolder: string, to: string): string {
  const from = segments(fromFolder);
  const target = segments(to);
  let shared = 0;
  while (shared < from.length && shared < target.length && from[shared] === target[shared]) shared++;
  const up = from.slice(shared).map(() => "..");
  const path = [...up, ...target.slice(shared)].join("/");
  return path.startsWith("..") ? path : `./${path}`;
}

/** Joins and normalises a path; undefined where it leaves the root. */
export function resolvePath(folder: string, path: string): string | undefined {
  const result: string[] = [];
  for (const segment of [...segments(folder), ...segments(path)]) {
    if (segment !== "..") result.push(segment);
    else if (result.pop() === undefined) return undefined;
  }
  return result.join("/");
}

/** The folder that a path lies in; empty at the root. */
export function folderOf(path: string): string {
  const at = path.lastIndexOf("/");
  return at < 0 ? "" : path.slice(0, at);
}

function segments(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "" && segment !== ".");
}
