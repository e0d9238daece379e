import type { Sources } from "./sources.ts";

/** A folder that is read from other sources: what lies in their folder `from` is seen in `at`, and nothing else there. */
export interface Mount {
  readonly at: string;
  readonly sources: Sources;
  readonly from: string;
}

/** Sources with a folder of others laid into them; whoever lists a folder above it does not see it. */
export function mountSources(sources: Sources, mount: Mount): Sources {
  const inner = (path: string): string | undefined =>
    path === mount.at || path.startsWith(`${mount.at}/`)
      ? mount.from + path.slice(mount.at.length)
      : undefined;
  const read = <Result>(
    path: string,
    by: (from: Sources, path: string) => Promise<Result>,
  ): Promise<Result> => {
    const mounted = inner(path);
    return mounted === undefined ? by(sources, path) : by(mount.sources, mounted);
  };
  return {
    readText: (path) => read(path, (from, at) => from.readText(at)),
    readBytes: (path) => read(path, (from, at) => from.readBytes(at)),
    hash: (path) => read(path, (from, at) => from.hash(at)),
    kindOf: (path) => read(path, (from, at) => from.kindOf(at)),
    listFiles: async (folder) => {
      const files = await read(folder, (from, at) => from.listFiles(at));
      return inner(folder) === undefined
        ? files
        : files.map((file) => mount.at + file.slice(mount.from.length));
    },
  };
}
