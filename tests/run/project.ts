import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import type { Context } from "../../src/cli/context.ts";
import { runCommandLine } from "../../src/cli/program.ts";
import "./loaded-commands.ts";

/** One line of `--json`, with the fields that tests look at. */
export interface ToldEvent {
  readonly kind: string;
  readonly address?: string;
  readonly outcome?: { readonly status: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** How a command ended, and what it told. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** With `--json`: what it told, in order. */
  readonly events: readonly ToldEvent[];
  /** The status of each stack at the end, by address. */
  readonly statuses: Readonly<Record<string, string>>;
  /** How many Terraform processes were started. */
  readonly processes: number;
  /** The reasons why stacks ran, by address. */
  readonly reasons: Readonly<Record<string, readonly string[]>>;
}

/** A project in a folder of its own that commands are run in, within this process. */
export interface Project {
  readonly root: string;
  readonly write: (path: string, content: string) => void;
  readonly read: (path: string) => string;
  readonly remove: (path: string) => void;
  /** Runs one command with `--json`. */
  readonly run: (...args: readonly string[]) => Promise<CommandResult>;
  /** Runs one command as people do, for what they read. */
  readonly show: (...args: readonly string[]) => Promise<CommandResult>;
  /** Variables of the environment for the commands that follow. */
  readonly environment: Record<string, string>;
}

/** The address under which a state lies, `states/dev/raw/terraform.tfstate`. */
export function stateFile(address: string): string {
  return `states/t/${address}/terraform.tfstate`;
}

const HEAD = `version: 1
platform: t
state: { backend: local, config: { path: states }, key: "{{platform.name}}/{{stack.address}}/terraform.tfstate" }
`;

/** A platform `t` with its states in `states/`; what is given is YAML below `environments:` and so on. */
export function spec(body: string, environments = "environments: { dev: {} }"): string {
  return `${HEAD}${environments}\n${body}`;
}

/** A module that keeps its input, fails when told to, and has an id that is known only after apply. */
export const KEEP = `
variable "input" { 
  type = any 
  default = null 
}
variable "fail" { 
  type = bool 
  default = false 
}
resource "terraform_data" "this" { 
  input = var.input 
  lifecycle { 
    precondition { 
      condition = !var.fail 
      error_message = "told to fail" 
    }
  }
}
output "value" { value = var.input }
output "kept" { value = terraform_data.this.output }
output "id" { value = terraform_data.this.id }
output "fixed" { value = "fixed" }
`;

/** Makes a project; `files` are laid over a package.json and the module `local/keep`. */
export function makeProject(files: Readonly<Record<string, string>>): Project {
  const project = openProject(mkdtempSync(join(tmpdir(), "platc-run-")));
  const all = {
    "package.json": '{ "platc": { "spec": "platform.yaml" } }',
    "modules/local/keep/main.tf": KEEP,
    ...files,
  };
  for (const [path, content] of Object.entries(all)) project.write(path, content);
  return project;
}

/** The same project, states and all, in another folder: cheaper than applying it again. */
export function copyProject(project: Project): Project {
  const root = mkdtempSync(join(tmpdir(), "platc-run-"));
  cpSync(project.root, root, { recursive: true, verbatimSymlinks: true });
  const copy = openProject(root);
  Object.assign(copy.environment, project.environment);
  return copy;
}

function openProject(root: string): Project {
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  const environment: Record<string, string> = {};
  return {
    root,
    write,
    read: (path) => readFileSync(join(root, path), "utf8"),
    remove: (path) => rmSync(join(root, path), { recursive: true, force: true }),
    environment,
    run: (...args) => runCommand(root, environment, [...args, "--json"]),
    show: (...args) => runCommand(root, environment, args),
  };
}

/** Runs one command with `--json` in any folder that is a project. */
export function runIn(
  root: string,
  environment: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<CommandResult> {
  return runCommand(root, environment, [...args, "--json"]);
}

/** Runs one command, as people do, in any folder that is a project. */
export function showIn(root: string, ...args: readonly string[]): Promise<CommandResult> {
  return runCommand(root, {}, args);
}

async function runCommand(
  root: string,
  more: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<CommandResult> {
  const [stdout, stderr] = [captured(), captured()];
  const { TF_CLI_CONFIG_FILE: _dangling, ...environment } = process.env;
  const context: Context = {
    environment: { ...environment, NO_COLOR: "1", ...more },
    cwd: root,
    stdout: stdout.stream,
    stderr: stderr.stream,
    stdin: new PassThrough() as unknown as NodeJS.ReadStream,
    now: () => new Date(),
  };
  const code = await runCommandLine(args, context);
  return { code, stdout: stdout.text(), stderr: stderr.text(), ...told(stdout.text()) };
}

/** Reads what a command told as JSON lines. */
export function told(text: string): Pick<CommandResult, "events" | "statuses" | "processes" | "reasons"> {
  const events = text
    .split("\n")
    .filter((line) => line.startsWith('{"version"'))
    .map((line) => JSON.parse(line) as ToldEvent);
  const finished = events.find((event) => event.kind === "run-finished");
  const outcomes = (finished?.["outcomes"] ?? {}) as Record<string, { readonly status: string }>;
  const processes = Object.values((finished?.["processes"] ?? {}) as Record<string, number>);
  const reasons = events.filter((event) => event.kind === "stack-reasons");
  return {
    events,
    statuses: Object.fromEntries(
      Object.entries(outcomes).map(([address, { status }]) => [address, status] as const),
    ),
    processes: processes.reduce((sum, count) => sum + count, 0),
    reasons: Object.fromEntries(
      reasons.map((event) => [event.address ?? "", event["reasons"] as readonly string[]]),
    ),
  };
}

function captured(): { readonly stream: NodeJS.WriteStream; readonly text: () => string } {
  const parts: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      parts.push(String(chunk));
      done();
    },
  });
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => parts.join("") };
}

/** Compiles and says what went wrong if anything did. */
export async function compiled(project: Project): Promise<void> {
  const result = await project.show("compile");
  if (result.code !== 0) throw new Error(`compile failed:\n${result.stdout}${result.stderr}`);
}

/** Compiles and applies `dev` without questions. */
export async function applied(project: Project, ...flags: readonly string[]): Promise<CommandResult> {
  await compiled(project);
  return project.run("apply", "dev", "--auto-approve", ...flags);
}

/** The values of the outputs that a state holds. */
export function outputsOf(project: Project, address: string): Readonly<Record<string, unknown>> {
  const state = JSON.parse(project.read(stateFile(address))) as {
    readonly outputs: Readonly<Record<string, { readonly value: unknown }>>;
  };
  return Object.fromEntries(Object.entries(state.outputs).map(([name, { value }]) => [name, value]));
}

/** Waits until a condition holds; by default as long as a machine with much else to do may take to start Terraform. */
export async function until(condition: () => boolean, what: string, milliseconds = 100_000): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`never: ${what}`);
    await new Promise((done) => setTimeout(done, 30));
  }
}
