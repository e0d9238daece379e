import type { Command } from "commander";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";

export interface CompileFlags {
  readonly spec?: string;
  readonly check?: boolean;
  readonly json?: boolean;
}

/** `platc compile`: the spec to `out/`. */
export function addCompile(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  program
    .command("compile")
    .description("write the Terraform root modules of the platform to out/")
    .option("--check", "write nothing; exit 1 if out/ is not what the spec compiles to")
    .option("--json", "print what was done as JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  platc compile\n  platc compile --check        in CI: is out/ current?\n",
    )
    .action((flags: CompileFlags, command: Command) =>
      run(() => compileCommand({ ...command.optsWithGlobals(), ...flags }, context)),
    );
}

async function compileCommand(flags: CompileFlags, context: Context): Promise<ExitCode> {
  const { compileProject, openProject } = await import("./load-platform.ts");
  const { compareOutput, writeOutput } = await import("../disk/write-output.ts");
  const { leftFiles } = await import("../disk/left-files.ts");
  const { leftEnvironments } = await import("./left-environments.ts");
  const project = openProject(context, flags.spec);
  const { files, platform } = await compileProject(context, project);
  const compared = await compareOutput(project.root, platform.spec.name, files);
  const left = leftFiles(project.root, platform.spec.name, new Set(files.map(({ path }) => path)));
  const changes = { ...compared, removed: [...new Set([...compared.removed, ...left])].sort() };
  if (changes.foreign.length > 0) {
    throw new CommandError(
      `platc did not write ${changes.foreign.map((path) => `'${path}'`).join(", ")}, and would overwrite it`,
      "move it away, or delete it",
    );
  }
  const isCurrent = changes.written.length === 0 && changes.removed.length === 0;
  const notes = leftEnvironments(project.root, platform);
  if (!flags.check) await writeOutput(project.root, platform.spec.name, changes);
  const summary = {
    stacks: platform.stacks.length,
    written: changes.written.map((file) => file.path),
    removed: changes.removed,
    unchanged: changes.unchanged,
    current: isCurrent,
  };
  if (flags.json) context.stdout.write(`${JSON.stringify(summary)}\n`);
  else context.stdout.write(renderSummary(summary, flags.check === true, platform.spec.name));
  for (const { message, hint } of notes) context.stderr.write(`platc: ${message}\n  ${hint ?? ""}\n`);
  return flags.check && !isCurrent ? EXIT.failed : EXIT.ok;
}

function renderSummary(
  summary: {
    stacks: number;
    written: readonly string[];
    removed: readonly string[];
    unchanged: number;
    current: boolean;
  },
  isCheck: boolean,
  platform: string,
): string {
  const stacks = `${summary.stacks} ${summary.stacks === 1 ? "stack" : "stacks"}`;
  if (summary.current) return `out/${platform} is current: ${stacks}\n`;
  const lines = [
    ...summary.written.map((path) => `  ${isCheck ? "differs" : "wrote"}    ${path}`),
    ...summary.removed.map((path) => `  ${isCheck ? "is extra" : "removed"}  ${path}`),
  ];
  const shown = lines.length > 20 ? [...lines.slice(0, 18), `  ... and ${lines.length - 18} more`] : lines;
  const counts = `${summary.written.length} ${isCheck ? "differ" : "written"}, ${summary.removed.length} ${isCheck ? "too many" : "removed"}, ${summary.unchanged} unchanged`;
  const advice = isCheck ? "\nRun 'platc compile' and commit out/.\n" : "\n";
  return `${shown.join("\n")}\n${stacks}: ${counts}${advice}`;
}
