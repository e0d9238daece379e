import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import type { RunEvent } from "../../src/ledger/run-event.ts";
import { journalFile, runsFolder } from "../../src/ledger/run-journal.ts";
import { type Project, told } from "./project.ts";
import { wholeLines } from "./whole-lines.ts";

/** platc as one file, for tests in which it is a process that gets signals. */
export interface BuiltPlatc {
  readonly start: (project: Project, ...args: readonly string[]) => PlatcProcess;
  readonly remove: () => void;
}

export interface PlatcProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<ReturnType<typeof told> & { readonly code: number | null; readonly text: string }>;
}

/** Builds platc into a temporary folder that sees this repository's node_modules and what platc ships. */
export async function buildPlatc(): Promise<BuiltPlatc> {
  const folder = mkdtempSync(join(tmpdir(), "platc-built-"));
  for (const name of ["node_modules", "package.json", "schema", "modules", "src"])
    symlinkSync(resolve(name), join(folder, name));
  await build({
    entryPoints: ["src/main.ts", "src/rehearsal/provider-main.ts"],
    outdir: folder,
    entryNames: "[name]",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "warning",
  });
  return {
    start: (project, ...args) => startPlatc(join(folder, "main.mjs"), project, args),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function startPlatc(main: string, project: Project, args: readonly string[]): PlatcProcess {
  const { TF_CLI_CONFIG_FILE: _dangling, ...environment } = process.env;
  const child = spawn(process.execPath, [main, ...args, "--json"], {
    cwd: project.root,
    env: { ...environment, NO_COLOR: "1", ...project.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr]: [string[], string[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(String(chunk)));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(String(chunk)));
  const ended = new Promise<number | null>((done) => child.once("close", done)).then((code) => ({
    code,
    text: stdout.join("") + stderr.join(""),
    ...told(stdout.join("")),
  }));
  return { child, ended };
}

/** The journal of the newest run of a project: what of it is written so far, and nothing where no run has begun. */
export function lastJournal(project: Project): readonly RunEvent[] {
  const runs = runsFolder(project.root);
  const runId = existsSync(runs) ? readdirSync(runs).sort().at(-1) : undefined;
  if (runId === undefined) return [];
  const file = journalFile(project.root, runId);
  return existsSync(file)
    ? wholeLines(readFileSync(file, "utf8")).map((line) => JSON.parse(line) as RunEvent)
    : [];
}
