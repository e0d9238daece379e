import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { childEnvironment } from "../../src/terraform/child-environment.ts";
import { chooseCliConfig } from "../../src/terraform/cli-config.ts";
import { findTerraform } from "../../src/terraform/find-terraform.ts";
import { hostPlatform } from "../../src/terraform/host-platform.ts";
import { findProviderMirrors, type MirroredProvider } from "../../src/terraform/provider-mirror.ts";
import { meetsConstraint } from "../../src/text/version-constraint.ts";

const modules = foldersIn("modules").flatMap(foldersIn);
const places = {
  environment: process.env,
  home: homedir(),
  project: process.cwd(),
  platform: hostPlatform(),
};
const { mirrors } = findProviderMirrors(places);
const mirrored = mirrors.flatMap(({ providers }) => providers);

let folder: string;
let terraform: (cwd: string, ...args: readonly string[]) => string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "platc-modules-"));
  const found = await findTerraform({ environment: process.env, constraint: ">= 1.10" });
  if (found.status === "missing") throw new Error(found.message);
  const { choice } = chooseCliConfig({ ...places, flavour: found.flavour, mirrors, folder });
  const { env } = childEnvironment(process.env, { cliConfig: choice });
  terraform = (cwd, ...args) => {
    const { status, stdout, stderr } = spawnSync(found.path, args, { cwd, env, encoding: "utf8" });
    expect(status, `terraform ${args.join(" ")}\n${stdout}${stderr}`).toBe(0);
    return stdout;
  };
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Those of other clouds than AWS have no tests of their own: rehearsals try them. */
test.for(modules)("%s passes fmt, validate and its own tests", { timeout: 180_000 }, (module, { skip }) => {
  const copy = join(folder, module);
  cpSync(module, copy, { recursive: true, filter: (path) => !path.includes(".terraform") });
  terraform(copy, "fmt", "-check", "-recursive");
  const lacking = requiredProviders(module).filter((one) => !mirrored.some((held) => fits(held, one)));
  skip(
    lacking.length > 0,
    `no provider mirror holds ${lacking.map(({ source, constraint }) => `${source} ${constraint}`).join(", ")}; PLATC_PROVIDER_MIRROR names one`,
  );
  const example = join(copy, "examples", "basic");
  for (const root of [copy, example]) terraform(root, "init", "-input=false", "-backend=false");
  // Of the example, and so of the module that it calls.
  terraform(example, "validate", "-no-color");
  if (!existsSync(join(copy, "tests"))) return;
  expect(terraform(copy, "test", "-no-color")).toMatch(/Success! [1-9]\d* passed, 0 failed/);
});

function foldersIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${folder}/${name}`);
}

interface Requirement {
  readonly source: string;
  readonly constraint: string;
}

function requiredProviders(module: string): readonly Requirement[] {
  const text = readFileSync(join(module, "versions.tf"), "utf8");
  return [...text.matchAll(/source\s*=\s*"([^"]+)"[^}]*?version\s*=\s*"([^"]+)"/g)].map(
    ([, source, constraint]) => ({ source: `registry.terraform.io/${source}`, constraint: constraint! }),
  );
}

function fits(held: MirroredProvider, { source, constraint }: Requirement): boolean {
  return held.source === source && meetsConstraint(held.version, constraint);
}
