import { airflowBundle } from "../generate/airflow/airflow-bundle.ts";
import { readBundleFiles } from "../generate/airflow/read-bundle-files.ts";
import { readPipelines } from "../stacks/read-pipelines.ts";
import type { Context } from "./context.ts";
import { CommandError, type ExitCode } from "./exit-codes.ts";
import { analyseProject, openProject } from "./load-platform.ts";
import { requireEnvironment } from "./require-environment.ts";
import { type BundleFlags, writeOrCheckBundle } from "./write-or-check-bundle.ts";

/** Writes or checks the Airflow bundle of one environment. */
export async function generateAirflowCommand(
  name: string,
  flags: BundleFlags,
  context: Context,
): Promise<ExitCode> {
  const project = openProject(context, flags.spec);
  const { platform } = await analyseProject(context, project);
  const { spec } = platform;
  const pipelines = readPipelines(spec, requireEnvironment(spec, name), () => undefined);
  if (!pipelines)
    throw new CommandError(
      `environment '${name}' has no pipelines`,
      spec.pipelines ? "name it under 'pipelines.environments'" : "the spec has no 'pipelines'",
    );
  const found = await readBundleFiles(platform, pipelines, project.sources);
  if (found.missing.length > 0)
    throw new CommandError(
      `there is no file or folder '${found.missing.join("', '")}' beside the spec`,
      "mend 'pipelines.files'",
    );
  const files = airflowBundle(platform, pipelines, found.files);
  const bundle = { kind: "airflow", platform: spec.name, environment: name, files };
  return writeOrCheckBundle(bundle, project.root, flags, context);
}
