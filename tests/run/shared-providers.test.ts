import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hostPlatform } from "../../src/terraform/host-platform.ts";
import { packProvider, realProvider, TINY_MODULE } from "./packed-provider.ts";
import { TERRAFORM } from "../terraform/terraform-name.ts";
import { compiled, makeProject, type Project, spec, type ToldEvent } from "./project.ts";

const host = TERRAFORM === "tofu" ? "registry.opentofu.org" : "registry.terraform.io";
const SOURCE = `${host}/demo/tiny`;
const PACKAGE = join(SOURCE, "1.0.0", hostPlatform());
const real = realProvider();
let project: Project;

/** The provider comes from where the user's own CLI configuration says, packed, as from a registry. */
beforeEach(async () => {
  project = makeProject({
    "platform.yaml": spec("stacks: { a: { module: local/tiny }, b: { module: local/tiny } }"),
    "modules/local/tiny/main.tf": TINY_MODULE,
    "terraform.rc": 'provider_installation {\n  filesystem_mirror {\n    path = "origin"\n  }\n}\n',
  });
  project.write("terraform.rc", project.read("terraform.rc").replace("origin", join(project.root, "origin")));
  packProvider(join(project.root, "origin"), real ?? "", { host });
  Object.assign(project.environment, {
    TF_CLI_CONFIG_FILE: join(project.root, "terraform.rc"),
    XDG_CACHE_HOME: join(project.root, "cache"),
  });
  project.environment["PLATC_PROVIDER_MIRROR"] = join(project.root, "origin");
  const locked = await project.show("lock");
  expect(locked.stderr).toContain("Locking");
  delete project.environment["PLATC_PROVIDER_MIRROR"];
  await compiled(project);
});

afterEach(() => project.remove("."));

function installed(stack: string): string {
  return join(project.root, ".platc/t/dev", stack, ".terraform/providers", PACKAGE);
}

function notes(events: readonly ToldEvent[]): readonly string[] {
  return events.filter(({ kind }) => kind === "note").map((event) => String(event["message"]));
}

const testWithProvider = test.skipIf(real === undefined);

const shared = (): string => join(project.root, "cache/platc/providers", PACKAGE);

testWithProvider("stacks of all runs link to one copy, which is fetched once", async () => {
  const first = await project.run("apply", "dev", "--auto-approve");
  expect(first.statuses).toEqual({ "dev/a": "applied", "dev/b": "applied" });
  const fetched = notes(first.events).filter((note) => note.startsWith(`Fetching ${SOURCE} 1.0.0 once`));
  expect(fetched).toHaveLength(1);
  for (const stack of ["a", "b"]) expect(realpathSync(installed(stack))).toBe(shared());
  expect(lstatSync(shared()).isSymbolicLink()).toBe(false);
  expect(readdirSync(join(project.root, "cache/platc/staging"))).toEqual([]);

  project.remove(".platc/t");
  const second = await project.run("plan", "dev/b", "--refresh");
  expect(second.code).toBe(0);
  expect(notes(second.events)).toEqual([]);
  expect(realpathSync(installed("b"))).toBe(shared());
});

testWithProvider("a copy that is not what the lock file says is fetched anew", async () => {
  project.write(join("cache/platc/providers", PACKAGE, "terraform-provider-tiny_v1.0.0"), "spoilt");
  expect((await project.run("plan", "dev/a")).code).toBe(0);
  expect(project.read(join("cache/platc/providers", PACKAGE, "terraform-provider-tiny_v1.0.0"))).toContain(
    "exec",
  );
});

testWithProvider(
  "an origin that serves something else than was locked fails as it does without the cache",
  async () => {
    packProvider(join(project.root, "origin"), "exit 2", { host });
    const planned = await project.run("plan", "dev");
    expect(planned.statuses).toEqual({ "dev/a": "failed", "dev/b": "failed" });
    expect(notes(planned.events)).toContainEqual(
      expect.stringContaining("cannot be shared, so every stack installs its own copy"),
    );
    expect(existsSync(shared())).toBe(false);
  },
);

testWithProvider("what a killed platc left in the cache is in nobody's way", async () => {
  const lock = `${shared()}.lock`;
  mkdirSync(dirname(lock), { recursive: true });
  const { identifyProcess } = await import("../../src/stores/process-identity.ts");
  writeFileSync(lock, JSON.stringify({ ...identifyProcess(), pid: 2 ** 22 + 1, token: "dead" }));
  expect((await project.run("plan", "dev/a")).code).toBe(0);
  expect(realpathSync(installed("a"))).toBe(shared());
});

testWithProvider("where no mirror is wanted, every stack has its own copy", async () => {
  project.environment["PLATC_PROVIDER_MIRROR"] = "none";
  expect((await project.run("plan", "dev/a")).code).toBe(0);
  expect(lstatSync(installed("a")).isSymbolicLink()).toBe(false);
  expect(existsSync(shared())).toBe(false);
});

test("doctor says that a provider lies in the cache", async () => {
  expect((await project.show("doctor")).stdout).toContain(`'${SOURCE}': from its registry`);
  project.write(join("cache/platc/providers", PACKAGE, "terraform-provider-tiny_v1.0.0"), "");
  expect((await project.show("doctor")).stdout).toContain(`'${SOURCE}': 1.0.0 from platc's cache`);
});
