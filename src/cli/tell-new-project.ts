import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { NewProject } from "../generate/project/new-project.ts";
import { rehearsalCommands } from "../generate/project/readme-source.ts";
import type { OfferedTemplate } from "./choose-template.ts";
import { isOutside } from "./locked-outside.ts";

/** A project as `platc init` has written it. */
export interface WrittenProject {
  readonly template: string;
  readonly name: string;
  readonly folder: string;
  readonly written: readonly string[];
  readonly notes: readonly string[];
  /** The commands that come next, as they are typed. */
  readonly next: readonly string[];
}

type Made = Extract<NewProject, { readonly status: "ok" }>;

/** What was written, and where to go on. */
export function tellNewProject(project: WrittenProject, { readme, readmePath }: Made): string {
  const { name, template, written, notes, next } = project;
  const { spec, specPath, stacks } = readme.platform;
  const rows = [
    [specPath, "the platform: edit this"],
    [`out/${name}`, "the Terraform that it compiles to"],
    [readme.workflowPath, "plans pull requests, applies what is merged"],
    [readmePath, "what to do next, and what to change first"],
  ];
  const width = Math.max(...rows.map(([path = ""]) => path.length));
  return [
    `'${name}' begins with the template '${template}': ${stacks.length} stacks in ${spec.environments.size} environments, ${written.length} files written`,
    ...rows.map(([path = "", what]) => `  ${path.padEnd(width)}  ${what}`),
    ...notes.map((note) => `note: ${note}`),
    "next:",
    ...next.map((command) => `  ${command}`),
    "",
  ].join("\n");
}

/** From where somebody is to the first rehearsal. */
export function nextCommands({ readme }: Made, folder: string): readonly string[] {
  const quoted = /^[\w./-]+$/.test(folder) ? folder : `'${folder.replaceAll("'", "'\\''")}'`;
  return [...(folder === "" ? [] : [`cd ${quoted}`]), "npm install", ...rehearsalCommands(readme)];
}

/** What would keep the workflow of the new project from running. */
export function workflowNotes(folder: string, { files }: Made): readonly string[] {
  const above = existsSync(join(folder, ".git")) ? undefined : repositoryAbove(dirname(folder));
  const manifest = String(files.find(({ path }) => path === "package.json")?.content ?? "");
  const [, place] = /"platc": "((?:git\+)?file:[^"]+)"/.exec(manifest) ?? [];
  return [
    ...(above === undefined
      ? []
      : [`GitHub runs workflows of the repository's root alone, which is '${above}'`]),
    ...(place !== undefined && (place.startsWith("git+") || isOutside(folder, place))
      ? [
          "package.json takes platc from a place on this machine: name a version, or a tarball in the repository, before GitHub runs it",
        ]
      : []),
  ];
}

/** The templates, a line each. */
export function listTemplates(offered: readonly OfferedTemplate[]): string {
  const width = Math.max(...offered.map(({ template }) => template.name.length));
  return offered
    .map(({ template, description }) => `${template.name.padEnd(width)}  ${description}\n`)
    .join("");
}

function repositoryAbove(folder: string): string | undefined {
  if (existsSync(join(folder, ".git"))) return folder;
  return dirname(folder) === folder ? undefined : repositoryAbove(dirname(folder));
}
