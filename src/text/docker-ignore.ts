import { type DockerPattern, readDockerPattern } from "./docker-pattern.ts";
import { folderOf } from "./paths.ts";

/** What Docker finds out about a path on its way down. */
interface Visit {
  readonly isIgnored: boolean;
  /** By pattern, whether it matched here or above. */
  readonly matched: readonly boolean[];
}

/**
 * Which files of a folder Docker leaves out of a build by a `.dockerignore`, in the order and with the meaning of what
 * BuildKit walks the folder with (github.com/tonistiigi/fsutil, over github.com/moby/patternmatcher). A pattern that
 * Docker would refuse leaves nothing out.
 */
export function dockerIgnore(text: string): (path: string) => boolean {
  const patterns = text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .flatMap((line) => readDockerPattern(line) ?? []);
  const folders = new Map<string, Visit | "skipped">();
  const visitFolder = (path: string): Visit | "skipped" => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const above = path.includes("/") ? visitFolder(folderOf(path)) : undefined;
    const visit = above === "skipped" ? above : visited(patterns, path, above);
    const found = visit !== "skipped" && visit.isIgnored && isSkipped(patterns, path) ? "skipped" : visit;
    folders.set(path, found);
    return found;
  };
  return (path) => {
    const above = path.includes("/") ? visitFolder(folderOf(path)) : undefined;
    return above === "skipped" || visited(patterns, path, above).isIgnored;
  };
}

/** What matched a folder matches all within; an exception that had nothing to take back there is not asked for it again. */
function visited(patterns: readonly DockerPattern[], path: string, above: Visit | undefined): Visit {
  let isIgnored = false;
  const matched = patterns.map(({ isException, matches }, index) => {
    const isMatch = above?.matched[index] === true || (isException === isIgnored && matches(path));
    if (isMatch) isIgnored = !isException;
    return isMatch;
  });
  return { isIgnored, matched };
}

/** Docker does not look into a folder that it leaves out, where every exception is a plain path and none lies within. */
function isSkipped(patterns: readonly DockerPattern[], folder: string): boolean {
  const exceptions = patterns.filter(({ isException }) => isException).map(({ text }) => beginningOf(text));
  return (
    exceptions.every((path) => !/[*[\]?^\\]/.test(path)) &&
    !exceptions.some((path) => `${path}/`.startsWith(`${folder}/`))
  );
}

function beginningOf(pattern: string): string {
  return pattern.replace(/\/\*\*$/, "").replace(/\/\*$/, "");
}
