import { createHash } from "node:crypto";
import type { FileKind, Sources } from "../source/sources.ts";
import { dockerIgnore } from "../text/docker-ignore.ts";
import { folderOf, resolvePath } from "../text/paths.ts";
import type { AppSpec, ImageSpec, PlatformSpec } from "./platform.ts";

const LENGTH = 16;

/** Gives each image the tag that its folder's files make, or says why nothing can be built from the folder. */
export async function tagImages(
  spec: PlatformSpec,
  specPath: string,
  sources: Sources,
): Promise<PlatformSpec> {
  const tagged = [...spec.apps].map(async ([name, app]): Promise<readonly [string, AppSpec]> => {
    if (!app.image) return [name, app];
    const folder = resolvePath(folderOf(specPath), app.image.context);
    return [name, { ...app, image: { ...app.image, ...(await tagOf(folder, sources)) } }];
  });
  return { ...spec, apps: new Map(await Promise.all(tagged)) };
}

/**
 * The tag of what Docker is sent: names, kinds and bytes of the files that `.dockerignore` leaves in, in order; the
 * Dockerfile whatever it says. So it is the same on every machine, and for a revision read from git.
 */
async function tagOf(
  folder: string | undefined,
  sources: Sources,
): Promise<Pick<ImageSpec, "tag" | "fault">> {
  if (folder === undefined) return { tag: undefined, fault: "outside" };
  const paths = (await sources.listFiles(folder)).map((path) => within(folder, path));
  if (paths.length === 0) return { tag: undefined, fault: "empty" };
  if (!paths.includes(DOCKERFILE)) return { tag: undefined, fault: "without-dockerfile" };
  const isIgnored = dockerIgnore(await ignoreText(folder, sources));
  const all = createHash("sha256");
  for (const path of paths.filter((one) => one === DOCKERFILE || !isIgnored(one))) {
    const file = folder === "" ? path : `${folder}/${path}`;
    all.update(`${path}\0${await contentOf(file, await sources.kindOf(file), sources)}\0`);
  }
  return { tag: all.digest("hex").slice(0, LENGTH), fault: undefined };
}

const DOCKERFILE = "Dockerfile";

/** As Docker looks for it: what belongs to the Dockerfile comes first. */
async function ignoreText(folder: string, sources: Sources): Promise<string> {
  const inside = (name: string): string => (folder === "" ? name : `${folder}/${name}`);
  return (
    (await sources.readText(inside(`${DOCKERFILE}.dockerignore`))) ??
    (await sources.readText(inside(".dockerignore"))) ??
    ""
  );
}

/** A link is sent as a link: what counts is where it points. */
async function contentOf(file: string, kind: FileKind | undefined, sources: Sources): Promise<string> {
  if (kind?.kind === "link") return `link\0${kind.target}`;
  return `${kind?.kind ?? "plain"}\0${(await sources.hash(file)) ?? ""}`;
}

function within(folder: string, path: string): string {
  return folder === "" ? path : path.slice(folder.length + 1);
}
