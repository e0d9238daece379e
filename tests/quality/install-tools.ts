import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const CACHE = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "platc-tests", "quality");

/** Pinned, so that a release of tomorrow breaks no test of today. */
const REQUIREMENTS = {
  "great-expectations": ["great_expectations==1.24.1", "pandas"],
  dbt: ["dbt-core==1.11.16", "dbt-postgres==1.11.0", "dbt-duckdb==1.11.1"],
} as const;

/** The folder of programs of a tool, in an environment of its own that is made once and kept. */
export function installTools(tool: keyof typeof REQUIREMENTS): string {
  const folder = join(CACHE, tool);
  const programs = join(folder, "bin");
  if (existsSync(join(folder, "complete"))) return programs;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  execFileSync("python3", ["-m", "venv", folder]);
  const python = join(programs, "python");
  const options = { stdio: ["ignore", "inherit", "inherit"] as ["ignore", "inherit", "inherit"] };
  if (spawnSync("uv", ["--version"]).status === 0)
    execFileSync("uv", ["pip", "install", "--quiet", "--python", python, ...REQUIREMENTS[tool]], options);
  else execFileSync(python, ["-m", "pip", "install", "--quiet", ...REQUIREMENTS[tool]], options);
  writeFileSync(join(folder, "complete"), "");
  return programs;
}
