import { statSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import baseSchema from "../../schema/platform.schema.json" with { type: "json" };
import baseRehearsalSchema from "../../schema/rehearsal.schema.json" with { type: "json" };
import { renderDiagnostics } from "../diagnostics/render.ts";
import { diskSources } from "../disk/disk-sources.ts";
import { parseHcl } from "../disk/hcl-parser.ts";
import { packageRoot } from "../disk/package-root.ts";
import { compareProject, writeProject } from "../disk/write-project.ts";
import { describedIn } from "../generate/project/described-in.ts";
import { type NewProject, newProject } from "../generate/project/new-project.ts";
import { PROJECT_TEMPLATES, type ProjectTemplate } from "../generate/project/project-templates.ts";
import type { Sources } from "../source/sources.ts";
import type { JsonObject } from "../text/json.ts";
import type { Context } from "./context.ts";
import { chooseName, chooseTemplate, type OfferedTemplate } from "./choose-template.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";
import { paintFor } from "./paint.ts";
import { platcDependency } from "./platc-dependency.ts";
import {
  listTemplates,
  nextCommands,
  tellNewProject,
  workflowNotes,
  type WrittenProject,
} from "./tell-new-project.ts";
import { unusableBackends } from "./unusable-backends.ts";

export interface InitFlags {
  readonly template?: string;
  readonly name?: string;
  readonly list?: boolean;
  readonly json?: boolean;
}

type Made = Extract<NewProject, { readonly status: "ok" }>;

/** Writes a new project, or says why not; what is in the way is never touched. */
export async function initCommand(given: string, flags: InitFlags, context: Context): Promise<ExitCode> {
  const shipped = diskSources(packageRoot());
  const offered = await offeredTemplates(shipped);
  if (flags.list) {
    const listed = offered.map(({ template, description }) => ({ name: template.name, description }));
    context.stdout.write(flags.json ? `${JSON.stringify(listed, null, 2)}\n` : listTemplates(offered));
    return EXIT.ok;
  }
  const folder = usableFolder(resolve(context.cwd, given), given);
  const template = await chooseTemplate(flags.template, offered, context);
  const name = await chooseName(flags.name, basename(folder), context);
  const made = await makeProject(template, name, { folder, shipped, context });
  const changes = compareProject(folder, made.files);
  if (changes.taken.length > 0) throw inTheWay(changes.taken, given);
  whereWritable(() => writeProject(folder, changes));
  const project: WrittenProject = {
    template: template.name,
    name,
    folder,
    written: changes.written.map(({ path }) => path),
    notes: [...made.notes, ...workflowNotes(folder, made)],
    next: nextCommands(made, relative(context.cwd, folder)),
  };
  context.stdout.write(flags.json ? `${JSON.stringify(project, null, 2)}\n` : tellNewProject(project, made));
  return EXIT.ok;
}

function usableFolder(folder: string, given: string): string {
  const hint = "name a new or an empty folder: 'platc init FOLDER'";
  if (folder === packageRoot())
    throw new CommandError("this is the folder of platc itself", hint, EXIT.usage);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new CommandError(`'${given}' is a file`, hint, EXIT.usage);
  return folder;
}

/** What the disk refuses is no mistake of ours. */
function whereWritable(write: () => void): void {
  try {
    write();
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === undefined || path === undefined) throw error;
    throw new CommandError(
      `'${path}' cannot be written (${code})`,
      "give yourself the right to write there, or name another folder: 'platc init FOLDER'",
    );
  }
}

/** The templates with what each says of itself. */
async function offeredTemplates(shipped: Sources): Promise<readonly OfferedTemplate[]> {
  return Promise.all(
    PROJECT_TEMPLATES.map(async (template) => {
      const text = (await shipped.readText(`specs/${template.name}/platform.yaml`)) ?? "";
      return { template, description: describedIn(text) ?? "" };
    }),
  );
}

async function makeProject(
  template: ProjectTemplate,
  name: string,
  { folder, shipped, context }: { folder: string; shipped: Sources; context: Context },
): Promise<Made> {
  const made = await newProject({
    template,
    name,
    dependency: platcDependency(packageRoot(), folder),
    shipped,
    folder: diskSources(folder),
    parseHcl,
    baseSchema: baseSchema as unknown as JsonObject,
    baseRehearsalSchema: baseRehearsalSchema as unknown as JsonObject,
    unusableBackends: (platform) => [...unusableBackends(platform).keys()],
  });
  if (made.status === "ok") return made;
  throw new UnfitNameError(
    renderDiagnostics(made.diagnostics, paintFor(context, context.stderr)),
    `the template '${template.name}' does not compile under the name '${name}'; nothing was written`,
    (await diskSources(folder).listFiles("modules")).length > 0
      ? "what lies in 'modules' here takes the place of platc's modules: begin in another folder, or take a shorter name with --name"
      : "take a shorter one with --name",
  );
}

/** Ends the command after the mistakes that a template has under a name; names in a cloud have an end. */
class UnfitNameError extends CommandError {
  constructor(
    readonly rendered: string,
    message: string,
    hint: string,
  ) {
    super(message, hint);
  }
}

const MOST_LISTED = 20;

function inTheWay(taken: readonly string[], folder: string): CommandError {
  const more = taken.length > MOST_LISTED ? [`... and ${taken.length - MOST_LISTED} more`] : [];
  const [are, files] = taken.length === 1 ? ["is", "file"] : ["are", "files"];
  return new CommandError(
    `${taken.length} ${files} in '${folder}' ${are} there already and would become something else; nothing was written:\n${[
      ...taken.slice(0, MOST_LISTED),
      ...more,
    ]
      .map((path) => `    ${path}`)
      .join("\n")}`,
    "name another folder, 'platc init FOLDER', or another platform with --name; or move them away",
  );
}
