import type { Command } from "commander";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-codes.ts";
import { addQualityKinds } from "./generate-quality.ts";
import type { BundleFlags } from "./write-or-check-bundle.ts";

type Run = (work: () => Promise<ExitCode>) => Promise<void>;

/** `platc generate`: what else than Terraform follows from a spec. */
export function addGenerate(program: Command, run: Run, context: Context): void {
  const generate = program
    .command("generate")
    .description("write what else than Terraform follows from the spec");
  addAirflow(generate, run, context);
  addCompose(generate, run, context);
  addQualityKinds(generate, run, context);
  for (const command of generate.commands) command.exitOverride();
}

function addAirflow(generate: Command, run: Run, context: Context): void {
  generate
    .command("airflow")
    .argument("<environment>", "an environment that has pipelines")
    .description(
      "write the Airflow bundle of an environment, of which 'pipelines' in the spec holds the settings",
    )
    .option("--out <folder>", "another folder than out/PLATFORM/ENVIRONMENT/airflow")
    .option("--check", "write nothing; exit 1 if the bundle there is not what the spec says")
    .addHelpText(
      "after",
      `
The bundle is a compose file (Airflow with Celery, Redis and PostgreSQL), a Dockerfile, its requirements, a file for each
pipeline, and the program that fetches secrets on the host. It holds no password. Nothing is run.

Examples:
  platc generate airflow dev
  platc generate airflow prod --out /srv/airflow
  platc generate airflow dev --check       in CI: is it current?
`,
    )
    .action((environment: string, _flags: BundleFlags, command: Command) =>
      run(async () =>
        (await import("./generate-airflow.ts")).generateAirflowCommand(
          environment,
          command.optsWithGlobals<BundleFlags>(),
          context,
        ),
      ),
    );
}

function addCompose(generate: Command, run: Run, context: Context): void {
  generate
    .command("compose")
    .argument("<environment>", "an environment that 'compose' in the spec is for")
    .description("write the compose file by which an environment's services run on the own machine")
    .option("--out <folder>", "another folder than out/PLATFORM/ENVIRONMENT/compose")
    .option("--check", "write nothing; exit 1 if what is there is not what the spec says")
    .addHelpText(
      "after",
      `
Beside the compose file lie the files that its services are configured by, and a page that says what answers where. It asks
for nothing, holds no secret, and opens ports to this machine alone. Nothing is run.

Examples:
  platc generate compose dev
  docker compose --file out/PLATFORM/dev/compose/compose.yaml up --detach --build
  platc generate compose dev --check       in CI: is it current?
`,
    )
    .action((environment: string, _flags: BundleFlags, command: Command) =>
      run(async () =>
        (await import("./generate-compose.ts")).generateComposeCommand(
          environment,
          command.optsWithGlobals<BundleFlags>(),
          context,
        ),
      ),
    );
}
