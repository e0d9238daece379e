import { createHash } from "node:crypto";
import type { Sources } from "../source/sources.ts";
import { folderOf, resolvePath } from "../text/paths.ts";
import type { AppSpec, PlatformSpec } from "./platform.ts";

const LENGTH = 16;

/** Gives each image the tag that its folder's files make; images whose folder holds no file stay without one. */
export async function tagImages(
  spec: PlatformSpec,
  specPath: string,
  sources: Sources,
): Promise<PlatformSpec> {
  const tagged = [...spec.apps].map(async ([name, app]): Promise<readonly [string, AppSpec]> => {
    if (!app.image) return [name, app];
    const folder = resolvePath(folderOf(specPath), app.image.context);
    const tag = folder === undefined ? undefined : await tagOf(folder, sources);
    return [name, { ...app, image: { ...app.image, tag } }];
  });
  return { ...spec, apps: new Map(await Promise.all(tagged)) };
}

/** Names and contents of all files, in order: the same on every machine and at any time. */
async function tagOf(folder: string, sources: Sources): Promise<string | undefined> {
  const files = await sources.listFiles(folder);
  if (files.length === 0) return undefined;
  const all = createHash("sha256");
  for (const file of files) all.update(`${file.slice(folder.length + 1)}\0${await sources.hash(file)}\n`);
  return all.digest("hex").slice(0, LENGTH);
}
