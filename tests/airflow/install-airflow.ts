import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const CACHE = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "platc-tests", "airflow");

/** Packages are resolved as of these days, so that a release of tomorrow breaks no test of today. */
const DAY_BY_MAJOR: Readonly<Record<string, string>> = { "2": "2025-02-14" };

/**
 * The folder of programs of an Airflow with exactly the requirements of a bundle, made once and kept. PySpark is left
 * out: a stand-in takes the place of its program.
 */
export function installAirflow(requirementsFile: string): string {
  const requirements = readFileSync(requirementsFile, "utf8");
  const [, major = ""] = /^apache-airflow==(\d)/m.exec(requirements) ?? [];
  const digest = createHash("sha256").update(requirements).update("moto").digest("hex").slice(0, 12);
  const folder = join(CACHE, `${major}-${digest}`);
  const programs = join(folder, "bin");
  if (existsSync(join(folder, "complete"))) return programs;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  execFileSync("python3", ["-m", "venv", folder]);
  const without = join(folder, "without.txt");
  writeFileSync(without, 'pyspark; sys_platform == "never"\npyspark-client; sys_platform == "never"\n');
  const wanted = join(folder, "requirements.txt");
  writeFileSync(wanted, requirements.replace(/^pyspark.*\n/m, ""));
  const day = DAY_BY_MAJOR[major];
  execFileSync(
    uv(),
    [
      ...["pip", "install", "--quiet", "--python", join(programs, "python")],
      ...(day === undefined ? [] : ["--exclude-newer", day]),
      ...["--override", without, "--requirement", wanted, "moto[server]"],
    ],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  writeFileSync(join(folder, "complete"), "");
  return programs;
}

/** A tool of PyPI in an environment of its own. */
export function installTool(tool: string, requirement: string): string {
  const folder = join(CACHE, tool);
  const program = join(folder, "bin", tool);
  if (!existsSync(program)) {
    execFileSync("python3", ["-m", "venv", folder]);
    execFileSync(join(folder, "bin", "pip"), ["install", "--quiet", requirement]);
  }
  return program;
}

function uv(): string {
  return spawnSync("uv", ["--version"]).status === 0 ? "uv" : installTool("uv", "uv");
}
