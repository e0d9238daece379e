import { memorySources } from "../../source/memory-sources.ts";
import { mountSources } from "../../source/mount-sources.ts";
import type { Sources } from "../../source/sources.ts";
import { folderOf } from "../../text/paths.ts";

/** A template in the project that it will be part of. */
export interface PlacedTemplate {
  /** The template's folder, in what platc ships. */
  readonly folder: string;
  /** The path of the spec in the project. */
  readonly spec: string;
  /** The spec under its new name. */
  readonly text: string;
}

/** What belongs to platc's own repository: the lock has sums for one machine, and the README becomes part of the project's. */
const LEFT_OUT = new Set([
  ".terraform.lock.hcl",
  "README.md",
  "platform.schema.json",
  "rehearsal.schema.json",
]);

/** The files of a template beside its spec, by their paths in what platc ships. */
export async function templateFiles(shipped: Sources, folder: string): Promise<readonly string[]> {
  const files = await shipped.listFiles(folder);
  return files.filter((file) => !isLeftOut(file) && file !== `${folder}/platform.yaml`);
}

/** The project as it will be: the folder that is there, with the template and its new spec laid into it. */
export function templateSources(project: Sources, shipped: Sources, template: PlacedTemplate): Sources {
  const path = `${template.folder}/platform.yaml`;
  const named = memorySources({ [path]: template.text });
  const of = (asked: string): Sources => (asked === path ? named : isLeftOut(asked) ? NOTHING : shipped);
  const laid: Sources = {
    ...shipped,
    readText: (asked) => of(asked).readText(asked),
    readBytes: (asked) => of(asked).readBytes(asked),
    hash: (asked) => of(asked).hash(asked),
    listFiles: async (folder) => (await shipped.listFiles(folder)).filter((file) => !isLeftOut(file)),
  };
  return mountSources(project, { at: folderOf(template.spec), sources: laid, from: template.folder });
}

const NOTHING = memorySources({});

/** Only what lies beside the spec itself: a README of its code belongs to the code. */
function isLeftOut(path: string): boolean {
  const [, , name = "", ...deeper] = path.split("/");
  return deeper.length === 0 && LEFT_OUT.has(name);
}
