import { type SchemaSurvey, surveySchemas } from "../targets/survey-schemas.ts";
import { prepareTools } from "../terraform/prepare-tools.ts";
import { FLAVOURS, type TerraformProgram } from "../text/flavour.ts";
import type { Context } from "./context.ts";
import { CommandError } from "./exit-codes.ts";
import { analyseProject, openProject } from "./load-platform.ts";

/** A project whose schemas are looked up: as often as is asked, since packs may be made in between. */
export interface OpenedSurvey {
  readonly projectRoot: string;
  /** What is run there, as it is typed. */
  readonly program: TerraformProgram;
  readonly survey: (options?: SurveyOptions) => Promise<SchemaSurvey>;
}

export interface SurveyOptions {
  /** As on a machine where no provider is installed. */
  readonly isOfPacksAlone?: boolean;
}

/** Reads the spec and finds Terraform, for commands on the schemas of a rehearsal. */
export async function openSchemaSurvey(
  flags: { readonly spec?: string },
  context: Context,
  signal?: AbortSignal,
): Promise<OpenedSurvey> {
  const { environment } = context;
  const project = openProject(context, flags.spec);
  const { platform } = await analyseProject(context, project);
  const tell = (message: string, hint?: string): void =>
    void context.stderr.write(`${message}\n${hint === undefined ? "" : `  ${hint}\n`}`);
  const tools = await prepareTools({
    environment,
    projectRoot: project.root,
    spec: platform.spec,
    mayInstall: false,
    tell,
  });
  if (tools.status === "missing") throw new CommandError(tools.message, tools.hint);
  const { root: projectRoot, sources } = project;
  const survey = async ({ isOfPacksAlone = false }: SurveyOptions = {}): Promise<SchemaSurvey> => {
    const used = isOfPacksAlone ? { ...tools, mirrors: [] } : tools;
    const found = await surveySchemas({
      platform,
      sources,
      projectRoot,
      environment,
      tools: used,
      tell,
      signal,
    });
    for (const note of found.notes) tell(note.message, note.hint);
    return found;
  };
  return { projectRoot, program: FLAVOURS[tools.terraform.flavour].program, survey };
}
