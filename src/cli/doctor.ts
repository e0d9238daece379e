import type { Command } from "commander";
import type { Finding, Patient } from "./doctor-findings.ts";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";

interface DoctorFlags {
  readonly spec?: string;
  readonly install?: boolean;
  readonly online?: boolean;
  readonly json?: boolean;
}

/** `platc doctor`: what is there, what is missing, and how to get it. */
export function addDoctor(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  program
    .command("doctor")
    .description(
      "say what is there, what is missing and how to get it; exit 1 if something necessary is missing",
    )
    .option(
      "--install",
      "install the pinned Terraform, or OpenTofu where the spec says it, into platc's cache, its checksum verified",
    )
    .option("--online", "ask the state backends as well; without it the cloud is not called")
    .option("--json", "print the findings as JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  platc doctor\n  platc doctor --install\n  platc doctor --online --json\n",
    )
    .action((flags: DoctorFlags, command: Command) =>
      run(() => doctorCommand({ ...command.optsWithGlobals(), ...flags }, context)),
    );
}

async function doctorCommand(flags: DoctorFlags, context: Context): Promise<ExitCode> {
  const { patient, spec } = await examine(flags, context);
  if (flags.install) await install(context, patient);
  const doctor = await import("./doctor-findings.ts");
  const findings: readonly Finding[] = [
    doctor.findNode(),
    spec,
    await doctor.findTerraformTool(patient),
    ...(await doctor.findProviders(patient)),
    ...(await doctor.findLock(patient)),
    await doctor.findEmulatorTool(patient),
    ...(await doctor.findAwsCredentials(patient)),
    ...(await doctor.findAzureCredentials(patient)),
    await doctor.findGit(patient),
    ...(await doctor.findUnusableBackends(patient)),
    ...(await doctor.findUnignoredStates(patient)),
    ...(flags.online ? await doctor.findStateBackends(patient) : []),
  ];
  if (flags.json) context.stdout.write(`${JSON.stringify({ findings })}\n`);
  else context.stdout.write(await render(findings, context));
  return findings.some(({ status }) => status === "missing") ? EXIT.failed : EXIT.ok;
}

async function install(context: Context, { platform }: Patient): Promise<void> {
  const { cacheFolder } = await import("../terraform/cache-folder.ts");
  const { askedProgram } = await import("../terraform/find-terraform.ts");
  const { installTerraform } = await import("../terraform/install-terraform.ts");
  const { FLAVOURS, flavourOf } = await import("../text/flavour.ts");
  const { environment } = context;
  const flavour = flavourOf(askedProgram({ environment, command: platform?.spec.command }));
  const result = await installTerraform({ environment, flavour, cacheFolder: cacheFolder(environment) });
  if (result.status === "failed") throw new CommandError(result.message, result.hint);
  const what = result.status === "installed" ? "is installed" : "was installed before";
  context.stderr.write(`${FLAVOURS[flavour].product} ${result.version} ${what} at '${result.path}'\n`);
}

/** A spec that is missing or wrong is a finding here, and keeps nothing else from being told. */
async function examine(flags: DoctorFlags, context: Context): Promise<{ patient: Patient; spec: Finding }> {
  const { environment, cwd } = context;
  const { compileOptions, openProject } = await import("./load-platform.ts");
  const { analyse, hasErrors } = await import("../compile.ts");
  const { LOCK_FILE } = await import("../emit/emit-platform.ts");
  const { folderOf } = await import("../text/paths.ts");
  let project;
  try {
    project = openProject(context, flags.spec);
  } catch (error) {
    if (!(error instanceof CommandError) || flags.spec !== undefined) throw error;
    const patient = { environment, root: cwd, platform: undefined, lockText: undefined };
    return {
      patient,
      spec: { name: "spec", status: "warn", message: error.message, ...(error.hint && { hint: error.hint }) },
    };
  }
  const { platform, diagnostics } = await analyse(project.sources, compileOptions(project));
  const isSound = platform !== undefined && !hasErrors(diagnostics);
  const folder = folderOf(project.spec);
  const lockText = await project.sources.readText(folder === "" ? LOCK_FILE : `${folder}/${LOCK_FILE}`);
  const patient = { environment, root: project.root, platform: isSound ? platform : undefined, lockText };
  if (!isSound) {
    const hint = "'platc check' tells them all.";
    return {
      patient,
      spec: { name: "spec", status: "warn", message: `'${project.spec}' has mistakes`, hint },
    };
  }
  const count = platform.stacks.length;
  const message = `'${project.spec}': platform '${platform.spec.name}', ${count} ${count === 1 ? "stack" : "stacks"}`;
  return { patient, spec: { name: "spec", status: "ok", message } };
}

async function render(findings: readonly Finding[], context: Context): Promise<string> {
  const { paintFor } = await import("./paint.ts");
  const paint = paintFor(context, context.stdout);
  const colours = { ok: "green", warn: "yellow", missing: "red" } as const;
  const lines = findings.flatMap(({ name, status, message, hint }) => [
    `${paint(status.padEnd(7), colours[status])}  ${name.padEnd(9)}  ${message}`,
    ...(hint === undefined ? [] : [`${" ".repeat(20)}${hint}`]),
  ]);
  return `${lines.join("\n")}\n`;
}
