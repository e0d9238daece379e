import type { Command } from "commander";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";

export interface FmtFlags {
  readonly spec?: string;
  readonly check?: boolean;
}

/** `platc fmt`: one look for specs. */
export function addFmt(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  program
    .command("fmt")
    .description(
      "format the spec: indentation, empty lines and ends of lines; comments, order and styles stay",
    )
    .argument("[files...]", "YAML files; the spec and what it includes if left out")
    .option("--check", "write nothing; name the files that would change, and exit 1 if there are any")
    .addHelpText(
      "after",
      `
What a spec means never changes: a file where that cannot be kept, or that cannot be read, stays as it is.

Examples:
  platc fmt
  platc fmt --check                        in CI
  platc fmt specs/d2b/customers/*.yaml
`,
    )
    .action((files: readonly string[], flags: FmtFlags, command: Command) =>
      run(() => fmtCommand(files, { ...command.optsWithGlobals(), ...flags }, context)),
    );
}

async function fmtCommand(files: readonly string[], flags: FmtFlags, context: Context): Promise<ExitCode> {
  const { readFile, rename, writeFile } = await import("node:fs/promises");
  const { relative, resolve } = await import("node:path");
  const { formatSpec } = await import("../spec/format-spec.ts");
  const paths =
    files.length > 0 ? files.map((file) => resolve(context.cwd, file)) : await filesOfSpec(flags, context);
  const changed: string[] = [];
  for (const path of paths) {
    const text = await readFile(path, "utf8").catch(() => undefined);
    if (text === undefined)
      throw new CommandError(
        `'${relative(context.cwd, path)}' cannot be read`,
        "name a file of a spec, or none for all files of the spec",
        files.length > 0 ? EXIT.usage : EXIT.failed,
      );
    const formatted = formatSpec(text);
    if (formatted === text) continue;
    changed.push(relative(context.cwd, path));
    if (flags.check) continue;
    await writeFile(`${path}.platc-tmp`, formatted);
    await rename(`${path}.platc-tmp`, path);
  }
  context.stdout.write(changed.map((path) => `${path}\n`).join(""));
  return flags.check && changed.length > 0 ? EXIT.failed : EXIT.ok;
}

async function filesOfSpec(flags: FmtFlags, context: Context): Promise<readonly string[]> {
  const { join } = await import("node:path");
  const { openProject } = await import("./load-platform.ts");
  const { readSpec } = await import("../spec/read-spec.ts");
  const project = openProject(context, flags.spec);
  const { files } = await readSpec(project.spec, project.sources);
  return files.map((file) => join(project.root, file));
}
