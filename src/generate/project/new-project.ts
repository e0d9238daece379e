import { compile, hasErrors } from "../../compile.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { ParseHcl } from "../../modules/parsed-hcl.ts";
import type { Sources } from "../../source/sources.ts";
import { readSpec } from "../../spec/read-spec.ts";
import { completePlatform } from "../../spec/complete-platform.ts";
import type { Platform } from "../../stacks/platform-model.ts";
import type { JsonObject } from "../../text/json.ts";
import { folderOf } from "../../text/paths.ts";
import { githubWorkflow } from "../github/github-workflow.ts";
import { readGithubModel } from "../github/read-github-model.ts";
import { offeredModules } from "../offered-modules.ts";
import { platformSchema } from "../platform-schema.ts";
import { schemaText } from "../schema-text.ts";
import { offeredTypes } from "../offered-types.ts";
import { rehearsalSchema } from "../rehearsal-schema.ts";
import { namePlatform, REHEARSAL_SCHEMA_FILE, SCHEMA_FILE } from "./name-platform.ts";
import { explainedVars } from "./explained-vars.ts";
import { describedIn } from "./described-in.ts";
import { projectReadme } from "./project-readme.ts";
import type { ProjectFile } from "./project-file.ts";
import { type PlatcDependency, specOfPackage } from "./project-package.ts";
import type { ProjectTemplate } from "./project-templates.ts";
import type { ReadmeSource } from "./readme-source.ts";
import { sharedFiles } from "./shared-files.ts";
import { templateFiles, templateSources } from "./template-sources.ts";

/** There is a schema of all that templates use, and all of them run Terraform. */
const TEMPLATES = { canBeRehearsed: true, pinnedOpenTofu: "" };

/** What a new project is made of. */
export interface NewProjectRequest {
  readonly template: ProjectTemplate;
  readonly name: string;
  readonly dependency: PlatcDependency;
  /** What platc ships: templates in `specs/`, modules in `modules/`. */
  readonly shipped: Sources;
  /** The folder as it is. */
  readonly folder: Sources;
  readonly parseHcl: ParseHcl;
  readonly baseSchema: JsonObject;
  /** Of `rehearsal.yaml`. */
  readonly baseRehearsalSchema: JsonObject;
  /** The backends of a platform's states that plan and apply refuse. */
  readonly unusableBackends: (platform: Platform) => readonly string[];
}

/** Everything that `platc init` would write, or the mistakes that the template has under this name. */
export type NewProject =
  | { readonly status: "bad"; readonly diagnostics: readonly Diagnostic[] }
  | {
      readonly status: "ok";
      readonly files: readonly ProjectFile[];
      readonly readme: ReadmeSource;
      readonly readmePath: string;
      /** What could not be added to, and what to do about it. */
      readonly notes: readonly string[];
    };

/** Makes a project of a template, in memory. */
export async function newProject(request: NewProjectRequest): Promise<NewProject> {
  const { template, name, shipped, folder } = request;
  const from = `specs/${template.name}`;
  const spec = `specs/${name}/platform.yaml`;
  const text = namePlatform((await shipped.readText(`${from}/platform.yaml`)) ?? "", template, name);
  const sources = templateSources(folder, shipped, { folder: from, spec, text });
  const compiled = await compile(sources, { spec, parseHcl: request.parseHcl, shippedModules: shipped });
  if (!compiled.platform || hasErrors(compiled.diagnostics))
    return { status: "bad", diagnostics: compiled.diagnostics };
  const readme = await readmeSource(request, compiled.platform, text);
  const readmeText = await readmeFile(folder, readme);
  const shared = await sharedFiles(request, spec);
  const files = [
    ...(await codeFiles(shipped, from, folderOf(spec))),
    { path: spec, content: text },
    ...(await schemaFiles(request, sources, spec)),
    ...compiled.files,
    { path: readme.workflowPath, content: githubWorkflow(readGithubModel(compiled.platform, TEMPLATES)) },
    readmeText,
    ...shared.files,
  ];
  return { status: "ok", files, readme, readmePath: readmeText.path, notes: shared.notes };
}

async function codeFiles(shipped: Sources, from: string, to: string): Promise<readonly ProjectFile[]> {
  return Promise.all(
    (await templateFiles(shipped, from)).map(async (copyOf) => ({
      path: to + copyOf.slice(from.length),
      content: (await shipped.readBytes(copyOf)) ?? "",
      copyOf,
    })),
  );
}

/** The same files that `platc schema --write` makes. */
async function schemaFiles(
  { baseSchema, baseRehearsalSchema, parseHcl, shipped }: NewProjectRequest,
  sources: Sources,
  spec: string,
): Promise<readonly ProjectFile[]> {
  const { root } = await readSpec(spec, sources);
  const completed = completePlatform(root);
  const modules = await offeredModules(sources, parseHcl, { shipped });
  const types = await offeredTypes(completed, sources, shipped);
  const folder = folderOf(spec);
  return [
    {
      path: `${folder}/${SCHEMA_FILE}`,
      content: schemaText(platformSchema(baseSchema, completed, modules)),
    },
    {
      path: `${folder}/${REHEARSAL_SCHEMA_FILE}`,
      content: schemaText(
        rehearsalSchema(baseRehearsalSchema, { environments: [...completed.environments.keys()], types }),
      ),
    },
  ];
}

async function readmeSource(
  { template, shipped, folder, unusableBackends }: NewProjectRequest,
  platform: Platform,
  text: string,
): Promise<ReadmeSource> {
  const notes = await shipped.readText(`specs/${template.name}/README.md`);
  const named = specOfPackage(await folder.readText("package.json"));
  return {
    platform,
    template: template.name,
    description: describedIn(text),
    vars: explainedVars(text),
    notes: notes
      ?.replace(/^# .*\n+/, "")
      .replace(/^##/gm, "###")
      .trim(),
    workflowPath: readGithubModel(platform, TEMPLATES).workflowPath,
    unusableBackends: unusableBackends(platform),
    isFound: named === undefined || named === platform.specPath,
  };
}

/** A README that is there already stays; ours then stands beside the spec. */
async function readmeFile(folder: Sources, source: ReadmeSource): Promise<ProjectFile> {
  const content = projectReadme(source);
  const existing = await folder.readText("README.md");
  const isFree = existing === undefined || existing === content;
  return { path: isFree ? "README.md" : `${folderOf(source.platform.specPath)}/README.md`, content };
}
