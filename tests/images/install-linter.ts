import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** A linter from PyPI in a virtual environment of this run, or why there is none. */
export function installLinter(
  folder: string,
  requirement: string,
  name: string,
): { readonly program: string } | { readonly lacking: string } {
  const venv = join(folder, `venv-${name}`);
  for (const [program, ...args] of [
    ["python3", "-m", "venv", venv],
    [join(venv, "bin", "pip"), "install", "--quiet", "--disable-pip-version-check", requirement],
  ] as const) {
    const { status, stderr, error } = spawnSync(program, args, { encoding: "utf8" });
    if (status !== 0)
      return { lacking: `${requirement} cannot be installed: ${error?.message ?? stderr.trim()}` };
  }
  return { program: join(venv, "bin", name) };
}
