import type { Command } from "commander";
import type { OutputFile } from "../emit/emit-platform.ts";
import type { EnvironmentSuite } from "../generate/environment-suites.ts";
import type { Context } from "./context.ts";
import { CommandError, type ExitCode } from "./exit-codes.ts";
import type { BundleFlags } from "./write-or-check-bundle.ts";

type Run = (work: () => Promise<ExitCode>) => Promise<void>;

interface Kind {
  readonly name: string;
  readonly description: string;
  readonly more: string;
  readonly write: (platform: string, suites: readonly EnvironmentSuite[]) => Promise<readonly OutputFile[]>;
}

const KINDS: readonly Kind[] = [
  {
    name: "great-expectations",
    description: "write what the checks of an environment expect of data as suites of Great Expectations 1.x",
    more: "A JSON file for each suite, which ExpectationSuite(**json.load(file)) takes.",
    write: async (_platform, suites) =>
      (await import("../generate/great-expectations.ts")).greatExpectationsFiles(suites),
  },
  {
    name: "dbt",
    description: "write what the checks of an environment expect of data as tests of dbt",
    more: `A dbt project with a source for each suite; its profile, named after the platform, is yours. The source of files in S3 is
a table of DuckDB named after the suite, which you make of them.`,
    write: writeDbt,
  },
];

/** `platc generate great-expectations` and `platc generate dbt`. */
export function addQualityKinds(generate: Command, run: Run, context: Context): void {
  for (const kind of KINDS)
    generate
      .command(kind.name)
      .argument("<environment>", "an environment with checks of kind 'quality'")
      .description(kind.description)
      .option("--out <folder>", `another folder than out/PLATFORM/ENVIRONMENT/${kind.name}`)
      .option("--check", "write nothing; exit 1 if what is there is not what the spec says")
      .addHelpText(
        "after",
        `
${kind.more} Nothing is run.

Examples:
  platc generate ${kind.name} dev
  platc generate ${kind.name} prod --out /srv/${kind.name}
  platc generate ${kind.name} dev --check       in CI: is it current?
`,
      )
      .action((environment: string, _flags: BundleFlags, command: Command) =>
        run(() => generateCommand(kind, environment, command.optsWithGlobals<BundleFlags>(), context)),
      );
}

/** dbt reads names of columns as templates of its own, and has no way to write such a name otherwise. */
async function writeDbt(
  platform: string,
  suites: readonly EnvironmentSuite[],
): Promise<readonly OutputFile[]> {
  const { dbtFiles } = await import("../generate/dbt.ts");
  const { JinjaNameError } = await import("../generate/without-jinja.ts");
  try {
    return dbtFiles(platform, suites);
  } catch (error) {
    if (!(error instanceof JinjaNameError)) throw error;
    throw new CommandError(
      error.message,
      "leave that column out of 'quality', or give it another name by a view; Great Expectations takes it",
    );
  }
}

async function generateCommand(
  kind: Kind,
  name: string,
  flags: BundleFlags,
  context: Context,
): Promise<ExitCode> {
  const { analyseProject, openProject } = await import("./load-platform.ts");
  const { requireEnvironment } = await import("./require-environment.ts");
  const { environmentSuites } = await import("../generate/environment-suites.ts");
  const { withFileList } = await import("../generate/with-file-list.ts");
  const { writeOrCheckBundle } = await import("./write-or-check-bundle.ts");
  const project = openProject(context, flags.spec);
  const { platform } = await analyseProject(context, project);
  requireEnvironment(platform.spec, name);
  const { suites, unknown } = environmentSuites(platform.stacks, name);
  if (unknown.length > 0)
    throw new CommandError(
      `what ${unknown.map((one) => `'${one}'`).join(", ")} expects is not known before an apply`,
      "expectations and tables that are written out must not read outputs or variables",
    );
  if (suites.length === 0)
    throw new CommandError(
      `environment '${name}' holds no data against an entry of 'quality'`,
      "add a check of kind 'quality' to one of its stacks",
    );
  const files = withFileList(await kind.write(platform.spec.name, suites));
  const bundle = { kind: kind.name, platform: platform.spec.name, environment: name, files };
  return writeOrCheckBundle(bundle, project.root, flags, context);
}
