import { combineReporters } from "../reports/combine-reporters.ts";
import type { Reporter } from "../reports/reporter.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Context } from "./context.ts";
import { paintFor } from "./paint.ts";

export interface ReportFlags {
  readonly json?: boolean;
  readonly why?: boolean;
  readonly junit?: string;
  readonly markdown?: string;
  readonly html?: string;
}

/** The reporters that a command was asked for: one on stdout, and files. */
export async function openReport(
  context: Context,
  flags: ReportFlags,
  platform: Platform,
): Promise<Reporter> {
  const redact = redactorOf(context, platform);
  const reporters: Reporter[] = [await streamReport(context, flags, redact)];
  return combineReporters(reporters);
}

async function streamReport(
  context: Context,
  flags: ReportFlags,
  redact: (text: string) => string,
): Promise<Reporter> {
  const { stdout } = context;
  const why = flags.why === true;
  const paint = paintFor(context, stdout);
  return (await import("../reports/plain-report.ts")).plainReport({
    write: (text) => void stdout.write(text),
    paint,
    why,
    redact,
  });
}

/** Values of sensitive variables appear in no report, wherever Terraform or a check might show them. */
function redactorOf(context: Context, platform: Platform): (text: string) => string {
  const secrets = [...platform.spec.variables.values()]
    .filter((variable) => variable.isSensitive)
    .flatMap((variable) => context.environment[`TF_VAR_${variable.name}`] ?? [])
    .filter((value) => value.length >= 4)
    .sort((left, right) => right.length - left.length);
  return (text) => secrets.reduce((redacted, secret) => redacted.replaceAll(secret, "(sensitive)"), text);
}
