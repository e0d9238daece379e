import type { Command } from "commander";
import type { Context } from "./context.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";

export interface CheckFlags {
  readonly spec?: string;
  readonly json?: boolean;
}

/** `platc check`: every mistake in the spec, and nothing written. */
export function addCheck(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  program
    .command("check")
    .description("find every mistake in the spec; write nothing")
    .option("--json", "print the findings as JSON, with file, line and column")
    .addHelpText(
      "after",
      `
Exits with 1 if there is a mistake; warnings alone are fine.

Examples:
  platc check
  platc check --json | jq -r '.diagnostics[] | "\\(.place.file):\\(.place.start.line): \\(.message)"'
`,
    )
    .action((flags: CheckFlags, command: Command) =>
      run(() => checkCommand({ ...command.optsWithGlobals(), ...flags }, context)),
    );
}

async function checkCommand(flags: CheckFlags, context: Context): Promise<ExitCode> {
  const { compileOptions, openProject } = await import("./load-platform.ts");
  const { analyse } = await import("../compile.ts");
  const { diagnosticToJson } = await import("../diagnostics/diagnostic-to-json.ts");
  const { renderDiagnostics } = await import("../diagnostics/render.ts");
  const { paintFor } = await import("./paint.ts");
  const project = openProject(context, flags.spec);
  const { diagnostics, platform } = await analyse(project.sources, compileOptions(project));
  const errors = diagnostics.filter((one) => one.severity === "error").length;
  const warnings = diagnostics.length - errors;
  if (flags.json) {
    const told = { ok: errors === 0, errors, warnings, diagnostics: diagnostics.map(diagnosticToJson) };
    context.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
  } else {
    const findings = renderDiagnostics(diagnostics, paintFor(context, context.stdout));
    if (findings !== "") context.stdout.write(`${findings}\n\n`);
    const counts = [counted(errors, "mistake"), ...(warnings > 0 ? [counted(warnings, "warning")] : [])];
    const subject = platform ? `${project.spec}, ${counted(platform.stacks.length, "stack")}` : project.spec;
    context.stdout.write(`${subject}: ${diagnostics.length === 0 ? "no mistakes" : counts.join(", ")}\n`);
  }
  if (platform) {
    const { leftEnvironments } = await import("./left-environments.ts");
    for (const { message, hint } of leftEnvironments(project.root, platform))
      context.stderr.write(`platc: ${message}\n  ${hint ?? ""}\n`);
  }
  return errors > 0 ? EXIT.failed : EXIT.ok;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
