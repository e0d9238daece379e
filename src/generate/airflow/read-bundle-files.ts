import type { OutputFile } from "../../emit/emit-platform.ts";
import type { Sources } from "../../source/sources.ts";
import type { Pipelines } from "../../stacks/pipelines.ts";
import type { Platform } from "../../stacks/platform-model.ts";
import { folderOf } from "../../text/paths.ts";

/** What lies beside the spec for the image, by paths from the spec's folder; traces of programs are left out. */
export async function readBundleFiles(
  { specPath }: Platform,
  { files: wanted }: Pipelines,
  sources: Sources,
): Promise<{ readonly files: readonly OutputFile[]; readonly missing: readonly string[] }> {
  const base = folderOf(specPath) === "" ? "" : `${folderOf(specPath)}/`;
  const files = new Map<string, OutputFile>();
  const missing: string[] = [];
  for (const { text } of wanted) {
    const path = text.replace(/\/+$/, "");
    const own = await sources.readBytes(`${base}${path}`);
    const inside = own === undefined ? await sources.listFiles(`${base}${path}`) : [`${base}${path}`];
    const kept = inside.filter((file) => !/(^|\/)__pycache__\/|\.pyc$/.test(file));
    if (kept.length === 0) missing.push(text);
    for (const file of kept) {
      const content = await sources.readBytes(file);
      const name = file.slice(base.length);
      if (content) files.set(name, { path: name, content });
    }
  }
  return { files: [...files.values()], missing };
}
