import { join } from "node:path";
import type { Command } from "commander";
import type { TerraformProgram } from "../text/flavour.ts";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";

interface LockFlags {
  readonly spec?: string;
  readonly platform?: readonly string[];
  readonly check?: boolean;
  readonly upgrade?: boolean;
  readonly json?: boolean;
}

/** `platc lock`: one provider lock for the whole platform, beside its spec. */
export function addLock(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  program
    .command("lock")
    .description("write the provider lock of the platform beside its spec; compile copies it to the stacks")
    .option("--platform <os_arch...>", "only these platforms, such as linux_amd64")
    .option("--upgrade", "take the newest versions that the constraints allow, not those that are locked")
    .option("--check", "write nothing; exit 1 if the lock does not fit the spec")
    .option("--json", "print what was done as JSON")
    .addHelpText(
      "after",
      "\nWithout --platform the registry is asked for Linux, macOS and Windows, and a provider mirror for what it holds. A lock\nfrom a mirror may so lack platforms; where the registry can be reached, PLATC_PROVIDER_MIRROR=none adds them.\nTerraform and OpenTofu have a registry each: what is locked for the one is kept when the other locks, and one lock file\nserves both. --upgrade keeps neither: run it with both then.\n\nExamples:\n  platc lock && platc compile\n  PLATC_PROVIDER_MIRROR=none platc lock      for all platforms, from the registry\n  platc lock --platform linux_amd64 --platform darwin_arm64\n  platc lock --check          in CI: does the lock fit the spec?\n",
    )
    .action((flags: LockFlags, command: Command) =>
      run(() => lockCommand({ ...command.optsWithGlobals(), ...flags }, context)),
    );
}

async function lockCommand(flags: LockFlags, context: Context): Promise<ExitCode> {
  const { analyseProject, openProject } = await import("./load-platform.ts");
  const { LOCK_FILE } = await import("../emit/emit-platform.ts");
  const { platformProviders } = await import("../emit/platform-providers.ts");
  const { folderOf } = await import("../text/paths.ts");
  const { replaceFile } = await import("../disk/replace-file.ts");
  const project = openProject(context, flags.spec);
  const { platform } = await analyseProject(context, project);
  const folder = folderOf(platform.specPath);
  const path = folder === "" ? LOCK_FILE : `${folder}/${LOCK_FILE}`;
  const before = await project.sources.readText(path);
  if (flags.check) {
    const { flavourOf } = await import("../text/flavour.ts");
    const { command } = platform.spec;
    const providers = platformProviders(platform, flavourOf(command));
    return checkLock(flags, context, { path, before, providers, command });
  }
  const { prepareTools } = await import("../terraform/prepare-tools.ts");
  const { lockProviders } = await import("../terraform/lock-providers.ts");
  const { environment } = context;
  const tell = (message: string): void => void context.stderr.write(`${message}\n`);
  const tools = await prepareTools({
    environment,
    projectRoot: project.root,
    spec: platform.spec,
    mayInstall: false,
    tell,
  });
  if (tools.status === "missing") throw new CommandError(tools.message, tools.hint);
  const result = await lockProviders({
    providers: platformProviders(platform, tools.terraform.flavour),
    lockText: flags.upgrade ? undefined : before,
    platforms: flags.platform,
    tools,
    environment,
    projectRoot: project.root,
    tell,
  });
  if (result.status === "failed") throw new CommandError(result.message, result.hint);
  const notes = [...tools.notes, ...result.notes];
  for (const { message, hint } of notes) tell(hint === undefined ? message : `${message}\n  ${hint}`);
  const isWritten = result.text !== (before ?? "");
  if (isWritten) replaceFile(join(project.root, path), result.text);
  await report(flags, context, { path, isWritten, text: result.text, notes });
  return EXIT.ok;
}

async function checkLock(
  flags: LockFlags,
  context: Context,
  { path, before, providers, command }: CheckedLock,
): Promise<ExitCode> {
  const { lockProblems } = await import("../terraform/lock-problems.ts");
  const problems = lockProblems(before, providers, command);
  if (flags.json) context.stdout.write(`${JSON.stringify({ path, problems })}\n`);
  else if (problems.length === 0) context.stdout.write(`${path} fits the spec\n`);
  else context.stdout.write(`${problems.join("\n")}\nRun 'platc lock', then 'platc compile'.\n`);
  return problems.length === 0 ? EXIT.ok : EXIT.failed;
}

interface CheckedLock {
  readonly path: string;
  readonly before: string | undefined;
  readonly command: TerraformProgram | undefined;
  readonly providers: readonly { readonly source: string; readonly constraints: readonly string[] }[];
}

async function report(
  flags: LockFlags,
  context: Context,
  done: { path: string; isWritten: boolean; text: string; notes: readonly object[] },
): Promise<void> {
  const { lockEntries } = await import("../emit/lock-entries.ts");
  const { lockedVersion } = await import("../terraform/lock-problems.ts");
  const locked = [...lockEntries(done.text)].map(([source, entry]) => ({
    source,
    version: lockedVersion(entry),
  }));
  if (flags.json) {
    const { path, isWritten, notes } = done;
    context.stdout.write(`${JSON.stringify({ path, written: isWritten, providers: locked, notes })}\n`);
    return;
  }
  const lines = locked.map(({ source, version }) => `  ${source} ${version ?? ""}`);
  const end = done.isWritten ? `wrote ${done.path}; run 'platc compile'` : `${done.path} is current`;
  context.stdout.write(`${[...lines, end].join("\n")}\n`);
}
