import type { Sources } from "../../source/sources.ts";
import type { JsonObject } from "../../text/json.ts";
import { folderOf } from "../../text/paths.ts";
import { addLines } from "./add-lines.ts";
import { addToJson } from "./add-to-json.ts";
import { EDITOR_EXTENSIONS, editorSettings } from "./editor-settings.ts";
import { REHEARSAL_SCHEMA_FILE, SCHEMA_FILE } from "./name-platform.ts";
import type { ProjectFile } from "./project-file.ts";
import { holdsPlatc, type PlatcDependency, projectPackage } from "./project-package.ts";

/** Files that a project may have already, with what is added to them, and what could not be added. */
export interface SharedFiles {
  readonly files: readonly ProjectFile[];
  readonly notes: readonly string[];
}

const IGNORED = ["node_modules/", ".platc/", ".terraform/", "__pycache__/", "*.pyc"];

/** package.json, what git is told, and the settings of the editor. */
export async function sharedFiles(
  { folder, dependency }: { readonly folder: Sources; readonly dependency: PlatcDependency },
  spec: string,
): Promise<SharedFiles> {
  const [packageText, ignored, attributes] = await Promise.all(
    ["package.json", ".gitignore", ".gitattributes"].map((path) => folder.readText(path)),
  );
  const found = [
    {
      path: "package.json",
      content: projectPackage(packageText, { spec, dependency: dependency.spec }),
      wanted: { platc: { spec } },
    },
    await settingsFile(folder, ".vscode/settings.json", editorSettings(spec)),
    await settingsFile(folder, ".vscode/extensions.json", EDITOR_EXTENSIONS),
  ];
  const lines = [
    { path: ".gitignore", content: addLines(ignored, "# What tools leave behind", IGNORED) },
    { path: ".gitattributes", content: addLines(attributes, "# Written by platc", attributesOf(spec)) },
  ];
  const added = found.flatMap(({ path, content }) => (content === undefined ? [] : [{ path, content }]));
  const unadded = found.filter(({ content }) => content === undefined);
  const { tarball, note } = holdsPlatc(packageText) ? {} : dependency;
  return {
    files: [
      ...[...added, ...lines].map((file) => ({ ...file, isAddition: true })),
      ...(tarball === undefined ? [] : [tarball]),
    ],
    notes: [
      ...unadded.map(
        ({ path, wanted }) =>
          `'${path}' is no plain JSON and stays as it is: add ${JSON.stringify(wanted)} to it`,
      ),
      ...(note === undefined ? [] : [note]),
    ],
  };
}

/** A file of settings with what it lacks; without content where it cannot be added to. */
interface SettingsFile {
  readonly path: string;
  readonly content: string | undefined;
  readonly wanted: JsonObject;
}

async function settingsFile(folder: Sources, path: string, wanted: JsonObject): Promise<SettingsFile> {
  return { path, content: addToJson(await folder.readText(path), wanted), wanted };
}

/** Line ends are the same on every machine, since digests are made of what lies there. */
function attributesOf(spec: string): readonly string[] {
  return [
    "out/** text=auto eol=lf linguist-generated=true",
    `${folderOf(spec)}/** text=auto eol=lf`,
    `${folderOf(spec)}/${SCHEMA_FILE} linguist-generated=true`,
    `${folderOf(spec)}/${REHEARSAL_SCHEMA_FILE} linguist-generated=true`,
    "*.zip binary",
    "*.gz binary",
  ];
}
