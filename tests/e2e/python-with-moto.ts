import { spawnSync } from "node:child_process";

const CANDIDATES = [process.env["PLATC_PYTHON"], "python3", "python"];

/** The first Python on this machine that can start the emulator, or undefined. */
export function findPythonWithMoto(): string | undefined {
  return CANDIDATES.find((candidate) => candidate && canImportMoto(candidate));
}

function canImportMoto(python: string): boolean {
  return spawnSync(python, ["-c", "import moto.server"], { env: childEnvironment() }).status === 0;
}

/** Runs a Python unittest file; resolves to its exit code and what it printed. */
export function runUnittest(python: string, file: string): { code: number | null; output: string } {
  const { status, stderr, stdout } = spawnSync(python, [file], { env: childEnvironment(), encoding: "utf8" });
  return { code: status, output: `${stdout}${stderr}` };
}

// A CA bundle of the environment has no say on loopback, and a bytecode folder beside a Lambda would change its digest.
function childEnvironment(): NodeJS.ProcessEnv {
  const { AWS_CA_BUNDLE: _dropped, ...kept } = process.env;
  return { ...kept, PYTHONDONTWRITEBYTECODE: "1" };
}
