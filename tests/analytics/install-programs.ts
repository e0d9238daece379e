import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

const CACHE = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "platc-tests", "analytics");
const QUIETLY = { stdio: ["ignore", "inherit", "inherit"] as ["ignore", "inherit", "inherit"] };
/** Superset's own image pins what its package leaves open: releases after this day, and another marshmallow, break it. */
const SUPERSET_DAY = "2025-07-15";

/** What the image of the metastore holds, by the `pom.xml` that the image is built with. */
export function installMetastore(pom: string): { readonly metastore: string; readonly libraries: string } {
  const folder = once(`metastore-${digestOf(readFileSync(pom))}`, (fresh) => {
    copyFileSync(pom, join(fresh, "pom.xml"));
    maven(["dependency:copy-dependencies@hadoop", "dependency:unpack@metastore"], fresh);
  });
  return { metastore: join(folder, "target/metastore"), libraries: join(folder, "target/hadoop") };
}

/** Trino with the plugin for lakes: the folder that holds `bin/launcher`. */
export function installTrino(version: string): string {
  const folder = once(`trino-${version}`, (fresh) => {
    unpack(`io.trino:trino-server-core:${version}:tar.gz`, fresh);
    unpack(`io.trino:trino-hive:${version}:zip`, join(serverIn(fresh), "plugin"));
  });
  return serverIn(folder);
}

function serverIn(folder: string): string {
  const name = readdirSync(folder).find((one) => one.startsWith("trino-server"));
  if (name === undefined) throw new Error("the archive of Trino holds no folder 'trino-server'");
  return join(folder, name);
}

/** The program of the image `adobe/s3mock`, as one jar. */
export function installObjectStore(version: string): string {
  const name = `s3mock-${version}-exec.jar`;
  const folder = once(`s3mock-${version}`, (fresh) =>
    maven(
      [
        "dependency:copy",
        `-Dartifact=com.adobe.testing:s3mock:${version}:jar:exec`,
        `-DoutputDirectory=${fresh}`,
      ],
      fresh,
    ),
  );
  return join(folder, name);
}

/** Superset at the version that its Dockerfile is built from, with the image's own requirements; its folder of programs. */
export function installSuperset(version: string, requirementsFile: string): string {
  const requirements = readFileSync(requirementsFile, "utf8").split("\n").filter(Boolean);
  const wanted = [`apache-superset==${version}`, "marshmallow<4", ...requirements];
  return installPython(`superset-${digestOf(wanted.join("\n"))}`, wanted, SUPERSET_DAY);
}

/** Packages of PyPI in an environment of their own; its folder of programs. */
export function installPython(name: string, requirements: readonly string[], day?: string): string {
  const folder = once(name, (fresh) => {
    execFileSync("python3", ["-m", "venv", fresh]);
    const python = join(fresh, "bin", "python");
    const limit = day === undefined ? [] : ["--exclude-newer", day];
    execFileSync(uv(), ["pip", "install", "--quiet", "--python", python, ...limit, ...requirements], QUIETLY);
  });
  return join(folder, "bin");
}

function uv(): string {
  if (spawnSync("uv", ["--version"]).status === 0) return "uv";
  const folder = once("uv", (fresh) => {
    execFileSync("python3", ["-m", "venv", fresh]);
    execFileSync(join(fresh, "bin", "pip"), ["install", "--quiet", "uv"], QUIETLY);
  });
  return join(folder, "bin", "uv");
}

/** Python unpacks what Maven does not: Trino's archive holds many of its files as links to others. */
function unpack(artifact: string, folder: string): void {
  const scratch = mkdtempSync(join(tmpdir(), "platc-maven-"));
  maven(["dependency:copy", `-Dartifact=${artifact}`, `-DoutputDirectory=${scratch}`], scratch);
  const [archive = ""] = readdirSync(scratch).filter((name) => /\.(zip|tar\.gz)$/.test(name));
  const module = archive.endsWith(".zip") ? "zipfile" : "tarfile";
  execFileSync("python3", ["-m", module, "-e", join(scratch, archive), folder], QUIETLY);
  rmSync(scratch, { recursive: true, force: true });
}

function maven(goals: readonly string[], folder: string): void {
  execFileSync("mvn", ["--batch-mode", "--quiet", "--no-transfer-progress", ...goals], {
    ...QUIETLY,
    cwd: folder,
  });
}

/** A folder of the cache, filled once and kept; one that was left half-filled is begun anew. */
function once(name: string, fill: (folder: string) => void): string {
  const folder = join(CACHE, name);
  const mark = join(CACHE, `${name}.complete`);
  if (existsSync(mark)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  fill(folder);
  writeFileSync(mark, "");
  return folder;
}

function digestOf(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 12);
}
