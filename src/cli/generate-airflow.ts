import { join, relative, resolve } from "node:path";
import { compareBundle, writeBundle } from "../disk/write-bundle.ts";
import { airflowBundle } from "../generate/airflow/airflow-bundle.ts";
import { readBundleFiles } from "../generate/airflow/read-bundle-files.ts";
import { readPipelines } from "../stacks/read-pipelines.ts";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";
import { analyseProject, openProject } from "./load-platform.ts";

export interface GenerateAirflowFlags {
  readonly spec?: string;
  readonly out?: string;
  readonly check?: boolean;
}

/** Writes or checks the Airflow bundle of one environment. */
export async function generateAirflowCommand(
  name: string,
  flags: GenerateAirflowFlags,
  context: Context,
): Promise<ExitCode> {
  const project = openProject(context, flags.spec);
  const { platform } = await analyseProject(context, project);
  const { spec } = platform;
  const environment = spec.environments.get(name);
  if (!environment)
    throw new CommandError(
      `there is no environment '${name}'`,
      `the environments are ${[...spec.environments.keys()].map((one) => `'${one}'`).join(", ")}`,
    );
  const pipelines = readPipelines(spec, environment, () => undefined);
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
  const folder =
    flags.out === undefined
      ? join(project.root, "out", spec.name, name, "airflow")
      : resolve(context.cwd, flags.out);
  const shown = relative(context.cwd, folder) || ".";
  const changes = compareBundle(folder, airflowBundle(platform, pipelines, found.files));
  if (changes.foreign.length > 0)
    throw new CommandError(
      `platc did not write ${changes.foreign.map((path) => `'${path}'`).join(", ")} in ${shown}`,
      "move that away, or name another folder with --out",
    );
  const differing = [...changes.written.map(({ path }) => path), ...changes.removed];
  if (flags.check && differing.length > 0)
    throw new CommandError(
      `${shown} is not what the spec says: ${differing.join(", ")}`,
      `'platc generate airflow ${name}' writes it; commit it with the spec`,
    );
  if (!flags.check) writeBundle(folder, changes);
  context.stdout.write(
    flags.check
      ? `${shown} is current\n`
      : `${shown}: ${changes.written.length} written, ${changes.removed.length} removed, ${changes.unchanged} unchanged\n`,
  );
  return EXIT.ok;
}
