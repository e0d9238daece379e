import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isCompatible, pinnedVersions } from "../../../src/targets/pinned-moto.ts";
import { emulatorPackage, findPython, preparePython } from "../../../src/targets/python-environment.ts";

let folder: string;
let told: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "platc-python-"));
  told = [];
});

afterEach(() => rmSync(folder, { recursive: true }));

/** A Python that answers the probe with what it is told, and `-m` with a line and an exit code. */
function python(name: string, version: string, moto: string | null, module = "exit 0"): string {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const path = join(bin, name);
  const answer = JSON.stringify({ executable: path, version, moto });
  writeFileSync(path, `#!/bin/sh\nif [ "$1" = -c ]; then echo '${answer}'; else ${module}; fi\n`);
  chmodSync(path, 0o755);
  return path;
}

function request(more: Readonly<Record<string, string>> = {}) {
  const environment = { PATH: [join(folder, "bin"), "/bin"].join(delimiter), ...more };
  return { environment, projectRoot: join(folder, "project"), tell: (text: string) => void told.push(text) };
}

test("moto is taken at a pinned version or a later patch of it", () => {
  const pins = pinnedVersions(readFileSync(join(emulatorPackage(), "requirements.txt"), "utf8"));
  expect(pins.length).toBeGreaterThan(0);
  expect(pins.every((pin) => isCompatible(pin, pins))).toBe(true);
  expect(pinnedVersions('moto[server]==5.2.1; python_version >= "3.10"\nmoto==5.1.22\nflask==3\n')).toEqual([
    "5.2.1",
    "5.1.22",
  ]);
  expect(
    ["5.2.1", "5.2.9", "5.1.22", "5.2.0", "5.3.0", "4.2.14", null].map((one) =>
      isCompatible(one, ["5.2.1", "5.1.22"]),
    ),
  ).toEqual([true, true, true, false, false, false, false]);
});

describe.skipIf(process.platform === "win32")("findPython", () => {
  test("takes the first with a moto that will do", async () => {
    python("python3", "3.11.7", null);
    const second = python("python", "3.12.1", "5.2.1");
    expect(await findPython(request())).toEqual({
      status: "ok",
      path: second,
      version: "3.12.1",
      moto: "5.2.1",
      origin: "path",
    });
  });

  test("looks for others where python3 is too old", async () => {
    python("python3", "3.8.10", null);
    const newer = python("python3.12", "3.12.1", null);
    expect(await findPython(request())).toMatchObject({
      status: "without-moto",
      base: { executable: newer },
    });
  });

  test("PLATC_PYTHON names one and no other", async () => {
    python("python3", "3.12.1", "5.2.1");
    const mine = python("mine", "3.7.0", "5.2.1");
    expect(await findPython(request({ PLATC_PYTHON: mine }))).toEqual({
      status: "failed",
      message: `PLATC_PYTHON names '${mine}', which is no Python 3.9 or newer`,
      hint: "Change it, or unset it to take python3 from the PATH.",
    });
  });

  test("says that there is none", async () => {
    const { environment, projectRoot } = request({ PATH: folder });
    expect(await findPython({ environment, projectRoot })).toMatchObject({
      message: "There is no Python 3.9 or newer on the PATH, which the emulator needs",
    });
  });
});

describe.skipIf(process.platform === "win32")("preparePython", () => {
  /** `-m venv FOLDER` copies a prepared Python into it. */
  const makes = (own: string) => `mkdir -p "$3/bin" && cp '${own}' "$3/bin/python"`;

  test("makes a virtual environment of its own, and finds it the next time", async () => {
    const own = python("own", "3.11.7", "5.2.1");
    python("python3", "3.11.7", null, makes(own));
    expect(await preparePython(request())).toMatchObject({ status: "ok", origin: "venv", moto: "5.2.1" });
    expect(told).toEqual([
      "Installing moto for Python 3.11.7 into .platc/emulator/venv: once, about a minute",
    ]);
    expect(await preparePython(request())).toMatchObject({ status: "ok", origin: "venv" });
    expect(told).toHaveLength(1);
  });

  test("says how to get the module that Debian leaves out", async () => {
    const path = python("python3", "3.11.2", null, "echo 'because ensurepip is not available.'; exit 1");
    expect(await preparePython(request())).toEqual({
      status: "failed",
      message: `'${path}' cannot make virtual environments: its venv module is missing`,
      hint: "Install it (Debian and Ubuntu: apt-get install python3-venv), or install moto[server] for that Python.",
    });
  });

  test("says what pip says", async () => {
    const own = python(
      "own",
      "3.11.7",
      null,
      "echo 'Looking'; echo 'ERROR: No matching distribution' >&2; exit 1",
    );
    python("python3", "3.11.7", null, makes(own));
    expect(await preparePython(request())).toMatchObject({
      message: "pip could not install moto: No matching distribution",
    });
  });
});
