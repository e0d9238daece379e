import { join, relative, resolve } from "node:path";
import type { Command } from "commander";
import type { OutputFile } from "../emit/emit-platform.ts";
import type { EnvironmentSuite } from "../generate/environment-suites.ts";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";

type Run = (work: () => Promise<ExitCode>) => Promise<void>;

interface Flags {
  readonly spec?: string;
  readonly out?: string;
  readonly check?: boolean;
}

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
    write: async (platform, suites) => (await import("../generate/dbt.ts")).dbtFiles(platform, suites),
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
      .action((environment: string, _flags: Flags, command: Command) =>
        run(() => generateCommand(kind, environment, command.optsWithGlobals<Flags>(), context)),
      );
}

async function generateCommand(kind: Kind, name: string, flags: Flags, context: Context): Promise<ExitCode> {
  const { analyseProject, openProject } = await import("./load-platform.ts");
  const { environmentSuites } = await import("../generate/environment-suites.ts");
  const { compareBundle, writeBundle } = await import("../disk/write-bundle.ts");
  const project = openProject(context, flags.spec);
  const { platform } = await analyseProject(context, project);
  if (!platform.spec.environments.has(name))
    throw new CommandError(
      `there is no environment '${name}'`,
      `the environments are ${[...platform.spec.environments.keys()].map((one) => `'${one}'`).join(", ")}`,
    );
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
  const files = await kind.write(platform.spec.name, suites);
  const list = {
    path: "bundle.json",
    content: `${JSON.stringify({ files: files.map(({ path }) => path) })}\n`,
  };
  const folder =
    flags.out === undefined
      ? join(project.root, "out", platform.spec.name, name, kind.name)
      : resolve(context.cwd, flags.out);
  const shown = relative(context.cwd, folder) || ".";
  const changes = compareBundle(folder, [...files, list]);
  if (changes.foreign.length > 0)
    throw new CommandError(
      `platc did not write ${changes.foreign.map((path) => `'${path}'`).join(", ")} in ${shown}`,
      "move that away, or name another folder with --out",
    );
  const differing = [...changes.written.map(({ path }) => path), ...changes.removed];
  if (flags.check && differing.length > 0)
    throw new CommandError(
      `${shown} is not what the spec says: ${differing.join(", ")}`,
      `'platc generate ${kind.name} ${name}' writes it; commit it with the spec`,
    );
  if (!flags.check) writeBundle(folder, changes);
  context.stdout.write(
    flags.check
      ? `${shown} is current\n`
      : `${shown}: ${changes.written.length} written, ${changes.removed.length} removed, ${changes.unchanged} unchanged\n`,
  );
  return EXIT.ok;
}
