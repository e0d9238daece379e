import { isAbsolute, relative, resolve, sep } from "node:path";
import { unignoredPaths } from "../disk/unignored-paths.ts";
import { backendOf } from "../run/backend-of.ts";
import type { Platform } from "../stacks/platform-model.ts";
import { stateLocation } from "../stores/state-location.ts";
import { folderOf } from "../text/paths.ts";

/** That git would commit local states, and the lines of .gitignore that keep them out. */
export interface UnignoredStates {
  readonly message: string;
  readonly hint: string;
}

/** Undefined where git ignores all local states and the records beside them, or where there are none, or no git. */
export async function unignoredStates(
  platform: Platform,
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<UnignoredStates | undefined> {
  const local = platform.stacks.filter(({ state }) => state.backend === "local");
  const within = (path: string): readonly string[] => {
    const way = relative(root, resolve(root, path)).split(sep).join("/");
    return way.startsWith("..") || isAbsolute(way) ? [] : [way];
  };
  const states = local.flatMap((stack) => within(stateLocation(backendOf(stack), stack.state.key).shown));
  const folders = new Set(local.map((stack) => String(backendOf(stack).config["path"] ?? ".")));
  const records = [...folders].flatMap((folder) =>
    within(`${folder}/${platform.spec.name}/.platc/inventory`),
  );
  const open = new Set(await unignoredPaths(root, [...states, ...records], environment));
  const openStates = states.filter((path) => open.has(path));
  const lines = stateLines(openStates, [...folders].flatMap(within), platform.specPath);
  const openRecords = records.filter(
    (path) => open.has(path) && !lines.some((line) => `/${path}`.startsWith(line)),
  );
  const all = [...lines, ...(openRecords.length > 0 ? [".platc/"] : [])];
  if (all.length === 0) return undefined;
  const what =
    openStates.length > 0 ? `the states of this platform, such as '${openStates[0]}',` : "platc's records";
  const shown = all.map((line) => `'${line}'`).join(" and ");
  return {
    message: `${what} lie in the repository and are not ignored: a commit would take them along, with the secrets in them`,
    hint: `add ${shown} to .gitignore`,
  };
}

/** The backend's own folder, else the common one, where nothing lies in it that is to be committed. */
function stateLines(
  paths: readonly string[],
  backendFolders: readonly string[],
  specPath: string,
): readonly string[] {
  const [first, ...rest] = paths;
  if (first === undefined) return [];
  const common = rest.reduce((folder, path) => commonFolder(folder, folderOf(path)), folderOf(first));
  const isFree = (folder: string): boolean =>
    folder !== "" && ["out/", "modules/", specPath].every((kept) => !kept.startsWith(`${folder}/`));
  const above = backendFolders.filter((folder) => `${common}/`.startsWith(`${folder}/`));
  const folder = [...above, common].find(isFree);
  if (folder !== undefined) return [`/${folder}/`];
  return paths.every((path) => path.endsWith(".tfstate"))
    ? ["*.tfstate", "*.tfstate.*"]
    : paths.map((path) => `/${path}`);
}

function commonFolder(left: string, right: string): string {
  const other = right.split("/");
  const parts = left.split("/");
  const end = parts.findIndex((part, index) => part !== other[index]);
  return (end < 0 ? parts : parts.slice(0, end)).join("/");
}
