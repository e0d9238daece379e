import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { combineReporters } from "../reports/combine-reporters.ts";
import type { Reporter } from "../reports/reporter.ts";
import { isGate } from "../stacks/order-stacks.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Context } from "./context.ts";
import { CommandError } from "./exit-codes.ts";
import { paintFor } from "./paint.ts";
import { refuseUnwritable } from "./refuse-unwritable.ts";

export interface ReportFlags {
  readonly json?: boolean;
  readonly why?: boolean;
  readonly full?: boolean;
  readonly junit?: string;
  readonly markdown?: string;
  readonly html?: string;
}

/** What a command tells its run to. */
export interface OpenedReport extends Reporter {
  /** Makes room on the screen for a question, until the function that it returns is called. */
  readonly pause: () => () => void;
}

type Redact = (text: string) => string;

/** The reporters that a command was asked for: one on stdout, and files. */
export async function openReport(
  context: Context,
  flags: ReportFlags,
  platform: Platform,
  subject: string,
): Promise<OpenedReport> {
  for (const name of ["junit", "markdown", "html"] as const) {
    const path = flags[name];
    if (path !== undefined) refuseUnwritable(`--${name}`, path, context.cwd);
  }
  const redact = redactorOf(context, platform);
  const stream = await streamReport(context, flags, redact);
  const files = await fileReports(context, flags, platform, subject, redact);
  const all = combineReporters([stream, ...files]);
  return {
    tell: (event) => all.tell(event),
    close: () => all.close(),
    pause: "pause" in stream ? () => stream.pause() : () => () => undefined,
  };
}

async function streamReport(
  context: Context,
  flags: ReportFlags,
  redact: Redact,
): Promise<Reporter | OpenedReport> {
  const { stdout, environment } = context;
  const write = (text: string): void => void stdout.write(text);
  if (flags.json) return (await import("../reports/json-lines-report.ts")).jsonLinesReport({ write, redact });
  const isFull = flags.full === true;
  const look = { paint: paintFor(context, stdout), why: flags.why === true, isFull, redact };
  const isLive = stdout.isTTY === true && environment["TERM"] !== "dumb" && !environment["CI"];
  if (isLive)
    return (await import("../reports/terminal-report.ts")).terminalReport({
      stream: stdout,
      ...look,
      isShort: !isFull,
    });
  return (await import("../reports/plain-report.ts")).plainReport({ write, ...look });
}

async function fileReports(
  context: Context,
  flags: ReportFlags,
  platform: Platform,
  subject: string,
  redact: Redact,
): Promise<readonly Reporter[]> {
  const save = (path: string) => (text: string) => {
    try {
      writeFileSync(resolve(context.cwd, path), text);
    } catch (error) {
      // It was writable when the run began: a disk that is full, a folder that has gone.
      throw new CommandError(`the report '${path}' could not be written: ${(error as Error).message}`);
    }
  };
  const isFull = flags.full === true;
  const reporters: Reporter[] = [];
  if (flags.junit !== undefined) {
    const { junitReport } = await import("../reports/junit-report.ts");
    reporters.push(junitReport({ write: save(flags.junit), redact }));
  }
  if (flags.markdown !== undefined) {
    const { markdownReport } = await import("../reports/markdown-report.ts");
    reporters.push(markdownReport({ write: save(flags.markdown), redact, isFull, environment: subject }));
  }
  if (flags.html !== undefined) {
    const { htmlReport } = await import("../reports/html-report.ts");
    reporters.push(htmlReport({ write: save(flags.html), redact, isFull, graph: stacksOnly(platform) }));
  }
  return reporters;
}

function stacksOnly(platform: Platform): {
  nodes: readonly string[];
  upstreamOf: ReadonlyMap<string, readonly string[]>;
} {
  return {
    nodes: platform.order.nodes.filter((node) => !isGate(node)),
    upstreamOf: new Map(platform.stacks.map((stack) => [stack.address, stack.upstream])),
  };
}

/** Values of sensitive variables appear in no report, wherever Terraform or a check might show them. */
function redactorOf(context: Context, platform: Platform): Redact {
  const secrets = [...platform.spec.variables.values()]
    .filter((variable) => variable.isSensitive)
    .flatMap((variable) => context.environment[`TF_VAR_${variable.name}`] ?? [])
    .filter((value) => value.length >= 4)
    .sort((left, right) => right.length - left.length);
  return (text) => secrets.reduce((redacted, secret) => redacted.replaceAll(secret, "(sensitive)"), text);
}
