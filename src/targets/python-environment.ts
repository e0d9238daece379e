import { execFile } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Environment, isAwsSetting } from "../terraform/child-environment.ts";
import { emulatorPlaces } from "./emulator-places.ts";
import type { Refusal } from "./given-endpoint.ts";
import { packageRoot } from "../disk/package-root.ts";
import { isCompatible, pinnedVersions } from "./pinned-moto.ts";

export interface PythonRequest {
  readonly environment: Environment;
  readonly projectRoot: string;
  /** Takes sentences about what takes a while. */
  readonly tell: (message: string) => void;
}

/** A Python that can start the emulator. */
export interface PythonEnvironment {
  readonly status: "ok";
  readonly path: string;
  /** Such as `3.11.7`. */
  readonly version: string;
  readonly moto: string;
  readonly origin: "path" | "setting" | "venv";
}

/** What a Python says of itself. */
interface Probed {
  readonly executable: string;
  readonly version: string;
  /** Of moto with its server; null where it cannot be imported. */
  readonly moto: string | null;
}

/** The folder of the emulator's Python package. */
export function emulatorPackage(): string {
  return join(packageRoot(), "src", "targets", "emulator");
}

/** The environment of the emulator's own process and of what prepares it; nothing of the user's AWS is in it. */
export function pythonEnvironmentVariables(environment: Environment): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !isAwsSetting(name));
  return { ...Object.fromEntries(kept), PYTHONDONTWRITEBYTECODE: "1", PYTHONUNBUFFERED: "1" };
}

/** The Python with moto that is there: in PLATC_PYTHON and no other, else on the PATH, else the project's own. */
export async function findPython(
  request: Omit<PythonRequest, "tell">,
): Promise<PythonEnvironment | { readonly status: "without-moto"; readonly base: Probed } | Refusal> {
  const { environment, projectRoot } = request;
  const pins = pinnedVersions(await readFile(join(emulatorPackage(), "requirements.txt"), "utf8"));
  const setting = environment["PLATC_PYTHON"];
  let base: Probed | undefined;
  for (const name of setting ? [setting] : NAMES) {
    const probed = await probe(name, environment);
    if (!probed || !isNewEnough(probed.version)) continue;
    if (isCompatible(probed.moto, pins)) return asFound(probed, setting ? "setting" : "path");
    base ??= probed;
    if (name === LAST_COMMON_NAME) break;
  }
  const own = await probe(pythonIn(emulatorPlaces(projectRoot).venv), environment);
  if (own && isCompatible(own.moto, pins)) return asFound(own, "venv");
  if (base) return { status: "without-moto", base };
  return setting
    ? refuse(
        `PLATC_PYTHON names '${setting}', which is no Python 3.9 or newer`,
        "Change it, or unset it to take python3 from the PATH.",
      )
    : refuse(
        "There is no Python 3.9 or newer on the PATH, which the emulator needs",
        "Install Python 3, or name one in PLATC_PYTHON, or name a running emulator in PLATC_EMULATOR_ENDPOINT.",
      );
}

/** Finds a Python with moto, or makes a virtual environment with it in the project's `.platc`; that needs the network. */
export async function preparePython(request: PythonRequest): Promise<PythonEnvironment | Refusal> {
  const found = await findPython(request);
  if (found.status !== "without-moto") return found;
  request.tell(
    `Installing moto for Python ${found.base.version} into .platc/emulator/venv: once, about a minute`,
  );
  const failure = await makeVirtualEnvironment(found.base, request);
  if (failure) return failure;
  const made = await findPython(request);
  if (made.status !== "without-moto") return made;
  const { pipLog } = emulatorPlaces(request.projectRoot);
  return refuse(
    "moto was installed into .platc/emulator/venv, but cannot be imported there",
    `See ${pipLog}.`,
  );
}

const LAST_COMMON_NAME = "python";
const NAMES = [
  "python3",
  LAST_COMMON_NAME,
  ...["14", "13", "12", "11", "10", "9"].map((minor) => `python3.${minor}`),
];

const PROBE = `
import json, sys
moto = None
if sys.version_info >= (3, 9):
    try:
        import moto, moto.server
        moto = moto.__version__
    except Exception:
        moto = None
print(json.dumps({"executable": sys.executable, "version": "%d.%d.%d" % sys.version_info[:3], "moto": moto}))
`;

async function probe(python: string, environment: Environment): Promise<Probed | undefined> {
  const { failed, stdout } = await run(python, ["-c", PROBE], environment, 60_000);
  if (failed) return undefined;
  try {
    return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Probed;
  } catch {
    return undefined;
  }
}

async function makeVirtualEnvironment(base: Probed, request: PythonRequest): Promise<Refusal | undefined> {
  const { environment, projectRoot } = request;
  const { folder, venv, pipLog } = emulatorPlaces(projectRoot);
  mkdirSync(folder, { recursive: true });
  rmSync(venv, { recursive: true, force: true });
  const made = await run(base.executable, ["-m", "venv", venv], environment, 300_000);
  if (made.failed) {
    writeFileSync(pipLog, made.output);
    return /ensurepip|No module named '?venv/.test(made.output)
      ? refuse(
          `'${base.executable}' cannot make virtual environments: its venv module is missing`,
          "Install it (Debian and Ubuntu: apt-get install python3-venv), or install moto[server] for that Python.",
        )
      : refuse(
          `'${base.executable}' could not make a virtual environment: ${lastLine(made.output)}`,
          `See ${pipLog}.`,
        );
  }
  const requirements = join(emulatorPackage(), "requirements.txt");
  const options = ["-m", "pip", "install", "--no-input", "--disable-pip-version-check"];
  const installed = await run(pythonIn(venv), [...options, "-r", requirements], environment, 1_200_000);
  writeFileSync(pipLog, installed.output);
  if (!installed.failed) return undefined;
  return refuse(
    `pip could not install moto: ${errorLine(installed.output)}`,
    `See ${pipLog}. Where there is no network, install moto[server] for '${base.executable}' yourself.`,
  );
}

interface Ran {
  readonly failed: boolean;
  readonly stdout: string;
  /** Both streams. */
  readonly output: string;
}

function run(
  program: string,
  args: readonly string[],
  environment: Environment,
  timeout: number,
): Promise<Ran> {
  const options = { env: pythonEnvironmentVariables(environment), timeout, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((done) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      const started = error && stdout === "" && stderr === "" ? error.message : "";
      done({ failed: error !== null, stdout, output: `${stdout}${stderr}${started}` });
    });
  });
}

function pythonIn(venv: string): string {
  return process.platform === "win32" ? join(venv, "Scripts", "python.exe") : join(venv, "bin", "python");
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major === 3 && minor >= 9;
}

function asFound(
  { executable, version, moto }: Probed,
  origin: PythonEnvironment["origin"],
): PythonEnvironment {
  return { status: "ok", path: executable, version, moto: moto ?? "", origin };
}

function errorLine(output: string): string {
  const errors = output.split("\n").filter((line) => line.startsWith("ERROR:"));
  return (errors[0] ?? lastLine(output)).replace(/^ERROR:\s*/, "");
}

function lastLine(output: string): string {
  return output.trim().split("\n").at(-1) ?? "";
}

function refuse(message: string, hint: string): Refusal {
  return { status: "failed", message, hint };
}
