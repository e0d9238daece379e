import type { Command } from "commander";
import type { CiGithubFlags } from "./ci-github.ts";
import type { CiImageFlags } from "./ci-image.ts";
import type { CiSelectFlags } from "./ci-select.ts";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-codes.ts";

/** `platc ci`: workflows that plan pull requests and apply what is merged. */
export function addCi(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  const ci = program
    .command("ci")
    .description("write the workflow that plans pull requests and applies what is merged");
  addGithub(ci, run, context);
  addSelect(ci, run, context);
  addImage(ci, run, context);
  for (const command of ci.commands) command.exitOverride();
}

type Run = (work: () => Promise<ExitCode>) => Promise<void>;

function addGithub(ci: Command, run: Run, context: Context): void {
  ci.command("github")
    .description("print the workflow for GitHub Actions, of which 'ci.github' in the spec holds the settings")
    .option("--write", "write it to .github/workflows/platc-PLATFORM.yml")
    .option("--check", "write nothing; exit 1 if that file is not what the spec says")
    .addHelpText(
      "after",
      `
On a pull request it checks that what is generated is current, rehearses every environment that differs on top of the
base ('ci.github.rehearse'), plans it, and keeps a comment of each per environment. After a merge it applies,
environment by environment and wave by wave. An environment with 'approval: manual' shows first; GitHub's reviewers
approve what was shown. Actions are pinned to commits.

What has to be set up on GitHub, once:
  environments      one for each environment of the spec; for one with 'approval: manual' also NAME-show, and required
                    reviewers for NAME itself; deployments of all of them from the branch alone
  roles             'ci.github.aws' and 'ci.github.azure' in the spec, or the variables PLATC_AWS_ROLE and
                    PLATC_AZURE_CLIENT_ID of the repository (plans) and of each environment (applies)
  secrets           TF_VAR_NAME for each entry of 'variables' in the spec

Examples:
  platc ci github                   print it
  platc ci github --write           write it; commit it with the spec
  platc ci github --check           in CI: is it current?
`,
    )
    .action((_flags: CiGithubFlags, command: Command) =>
      run(async () =>
        (await import("./ci-github.ts")).ciGithubCommand(command.optsWithGlobals<CiGithubFlags>(), context),
      ),
    );
}

function addSelect(ci: Command, run: Run, context: Context): void {
  ci.command("select")
    .description(
      "print what a workflow has to do, as outputs of a step: stacks by environment and wave, images",
    )
    .option(
      "--base <revision...>",
      "what to compare with: a revision for all environments, or ENVIRONMENT=REVISION; all stacks where there is none",
    )
    .addHelpText(
      "after",
      `
Examples:
  platc ci select --base origin/main >> "$GITHUB_OUTPUT"
  platc ci select --base dev=4f19f75 --base prod=a59e28e
  platc ci select                   everything
`,
    )
    .action((_flags: CiSelectFlags, command: Command) =>
      run(async () =>
        (await import("./ci-select.ts")).ciSelectCommand(command.optsWithGlobals<CiSelectFlags>(), context),
      ),
    );
}

function addImage(ci: Command, run: Run, context: Context): void {
  ci.command("image")
    .argument("<app>", "an app with an image")
    .description(
      "print the name of an app's image, with the tag of the files there now; a registry that a stack makes is read from its state",
    )
    .option("--target <target>", "where that stack is applied: cloud, emulator or rehearsal")
    .addHelpText(
      "after",
      `
It is the name that stacks read as {{app.image}}. The tag is made of what Docker is sent: names, modes and bytes of the
files in the folder, without those that its .dockerignore leaves out.

Examples:
  platc ci image hive
  docker build --tag "$(platc ci image hive)" images/hive && docker push "$(platc ci image hive)"
`,
    )
    .action((app: string, _flags: CiImageFlags, command: Command) =>
      run(async () =>
        (await import("./ci-image.ts")).ciImageCommand(app, command.optsWithGlobals<CiImageFlags>(), context),
      ),
    );
}
