import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { ACTIONS, usesAction } from "../../src/generate/github/actions.ts";
import { KEEP } from "../run/project.ts";

/** A comment as GitHub's stand-in keeps it. */
export interface KeptComment {
  readonly id: number;
  readonly body: string;
  readonly edits: number;
}

/** How a workflow ended: the jobs that ran in the order of their ends, with how each ended. */
export interface WorkflowRun {
  readonly code: number;
  readonly jobs: Readonly<Record<string, "success" | "failure">>;
  readonly ended: readonly string[];
  readonly log: string;
}

/** A repository on this machine whose workflow act runs, and what stands in for GitHub. */
export interface GithubProject {
  readonly root: string;
  readonly write: (path: string, content: string) => void;
  readonly read: (path: string) => string;
  /** Compiles, writes the workflow, commits; the commit's name. */
  readonly commit: (message: string) => string;
  readonly platc: (...args: readonly string[]) => string;
  readonly git: (...args: readonly string[]) => string;
  readonly act: (
    event: "push" | "pull_request" | "workflow_dispatch",
    payload: object,
  ) => Promise<WorkflowRun>;
  readonly comments: () => readonly KeptComment[];
  /** The one comment with a title, such as `### Plan: t, dev`. */
  readonly comment: (title: string) => KeptComment;
  /** What Docker's stand-in was asked for since the last time. */
  readonly dockerCalls: () => readonly string[];
  readonly artifacts: () => readonly string[];
  readonly artifact: (path: string) => string;
  /** The input of an applied stack that its state keeps. */
  readonly applied: (address: string) => unknown;
  readonly remove: () => void;
}

const MAIN = resolve(process.env["PLATC_DIST"] ?? "dist", "main.js");
const HERE = import.meta.dirname;

/** Makes a repository with the module `local/keep` and with platc as its dependency. */
export function makeGithubProject(act: string): GithubProject {
  const folder = mkdtempSync(join(tmpdir(), "platc-ci-"));
  const [root, artifacts, github] = ["project", "artifacts", "github"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const one of [root, artifacts, github]) mkdirSync(one, { recursive: true });
  const { TF_CLI_CONFIG_FILE: _dangling, ...inherited } = process.env;
  const environment = {
    ...inherited,
    PATH: `${join(HERE, "bin")}:${process.env["PATH"] ?? ""}`,
    CI_ARTIFACTS: artifacts,
    CI_GITHUB: github,
    XDG_CACHE_HOME: join(folder, "cache"),
    NO_COLOR: "1",
    GIT_CONFIG_GLOBAL: join(folder, "gitconfig"),
  };
  writeFileSync(
    join(folder, "gitconfig"),
    "[user]\n\tname = t\n\temail = t@example.com\n[init]\n\tdefaultBranch = main\n",
  );
  const execute = (program: string, args: readonly string[]): string =>
    execFileSync(program, args, {
      cwd: root,
      encoding: "utf8",
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  const git = (...args: readonly string[]): string => execute("git", args).trim();
  const platc = (...args: readonly string[]): string => execute(process.execPath, [MAIN, ...args]);
  const comments = (): readonly KeptComment[] => {
    const file = join(github, "comments.json");
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as KeptComment[]) : [];
  };
  let dockerCallsTold = 0;
  const project: GithubProject = {
    root,
    write,
    read: (path) => readFileSync(join(root, path), "utf8"),
    git,
    platc,
    commit: (message) => {
      platc("compile");
      platc("ci", "github", "--write");
      git("add", "--all");
      git("commit", "--quiet", "--message", message);
      return git("rev-parse", "HEAD");
    },
    act: (event, payload) => {
      // The branch of the pull request ends where the repository is now.
      writeFileSync(join(github, "head"), git("rev-parse", "HEAD"));
      return runAct({ act, root, folder, environment, event, payload });
    },
    comments,
    comment: (title) => {
      const found = comments().filter(({ body }) => body.split("\n")[1] === title);
      if (found.length !== 1)
        throw new Error(`${found.length} comments have the title '${title}': ${JSON.stringify(comments())}`);
      return found[0]!;
    },
    dockerCalls: () => {
      const file = join(github, "docker.log");
      const lines = existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
      const since = lines.slice(dockerCallsTold);
      dockerCallsTold = lines.length;
      return since;
    },
    artifacts: () => readdirSync(artifacts).sort(),
    artifact: (path) => readFileSync(join(artifacts, path), "utf8"),
    applied: (address) => {
      const file = join(folder, "states", "t", address, "terraform.tfstate");
      if (!existsSync(file)) return undefined;
      const { outputs } = JSON.parse(readFileSync(file, "utf8")) as {
        outputs: Record<string, { value: unknown }>;
      };
      return outputs["value"]?.value;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  writeBase(project, folder);
  git("init", "--quiet");
  git("remote", "add", "origin", "https://github.com/example/t.git");
  return project;
}

/** Where the states of a project lie, for its spec: all jobs see the same ones, as they would in a bucket. */
export function statesOf(project: GithubProject): string {
  return join(dirname(project.root), "states");
}

function writeBase(project: GithubProject, _folder: string): void {
  project.write("modules/local/keep/main.tf", KEEP);
  project.write(
    "tools/platc/package.json",
    JSON.stringify({ name: "platc", version: "0.1.0", bin: { platc: "main.js" }, type: "module" }),
  );
  project.write("tools/platc/main.js", `#!/usr/bin/env node\nawait import(${JSON.stringify(MAIN)});\n`);
  project.write(
    "package.json",
    JSON.stringify({ name: "t", private: true, dependencies: { platc: "file:tools/platc" } }),
  );
  project.write(
    "package-lock.json",
    JSON.stringify({
      name: "t",
      lockfileVersion: 3,
      requires: true,
      packages: {
        "": { name: "t", dependencies: { platc: "file:tools/platc" } },
        "node_modules/platc": { resolved: "tools/platc", link: true },
        "tools/platc": { name: "platc", version: "0.1.0", bin: { platc: "main.js" } },
      },
    }),
  );
  project.write(".gitignore", "node_modules/\n.platc/\n");
}

interface ActRequest {
  readonly act: string;
  readonly root: string;
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly event: string;
  readonly payload: object;
}

function runAct({ act, root, folder, environment, event, payload }: ActRequest): Promise<WorkflowRun> {
  const eventFile = join(folder, "event.json");
  writeFileSync(eventFile, JSON.stringify(payload));
  const standIns = ["setupNode", "cache", "uploadArtifact", "downloadArtifact"] as const;
  const args = [
    event,
    "--platform=ubuntu-latest=-self-hosted",
    `--eventpath=${eventFile}`,
    "--json",
    "--no-cache-server",
    "--secret=GITHUB_TOKEN=token",
    ...["CI_ARTIFACTS", "CI_GITHUB", "XDG_CACHE_HOME", "GIT_CONFIG_GLOBAL"].map(
      (name) => `--env=${name}=${environment[name] ?? ""}`,
    ),
    ...standIns.map(
      (name) =>
        `--local-repository=${usesAction(ACTIONS[name])}=${join(HERE, "actions", ACTIONS[name].name.split("/")[1]!)}`,
    ),
  ];
  return new Promise((done, failed) => {
    const child = spawn(act, args, { cwd: root, env: environment, stdio: ["ignore", "pipe", "pipe"] });
    const parts: string[] = [];
    child.stdout.on("data", (chunk: Buffer) => parts.push(chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => parts.push(chunk.toString("utf8")));
    child.once("error", failed);
    child.once("close", (code) => done(readRun(code ?? 1, parts.join(""))));
  });
}

function readRun(code: number, output: string): WorkflowRun {
  const lines = output.split("\n").flatMap((line): readonly ActLine[] => {
    try {
      return [JSON.parse(line) as ActLine];
    } catch {
      return line === "" ? [] : [{ msg: line }];
    }
  });
  const ends = lines.flatMap(({ jobID, jobResult }) =>
    jobID !== undefined && jobResult !== undefined && jobResult !== ""
      ? [{ job: jobID, result: jobResult }]
      : [],
  );
  const jobs: Record<string, "success" | "failure"> = {};
  for (const { job, result } of ends)
    jobs[job] = jobs[job] === "failure" || result !== "success" ? "failure" : "success";
  return {
    code,
    jobs,
    ended: ends.map(({ job }) => job),
    log: lines.map(({ jobID = "", msg = "" }) => `${jobID} ${msg.trimEnd()}`).join("\n"),
  };
}

interface ActLine {
  readonly jobID?: string;
  readonly jobResult?: "success" | "failure" | "";
  readonly msg?: string;
}
