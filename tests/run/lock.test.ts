import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockEntries } from "../../src/emit/lock-entries.ts";
import { LACKS_TOFU } from "../terraform/has-tofu.ts";
import { hostPlatform } from "../../src/terraform/host-platform.ts";
import { packProvider, realProvider, TINY_MODULE } from "./packed-provider.ts";
import { compiled, makeProject, type Project, spec } from "./project.ts";

const SOURCE = "registry.terraform.io/demo/tiny";
const TOFU_SOURCE = "registry.opentofu.org/demo/tiny";
const LOCK = ".terraform.lock.hcl";
const real = realProvider();
let project: Project;

beforeEach(() => {
  project = makeProject({
    "platform.yaml": spec("stacks: { a: { module: local/tiny } }"),
    "modules/local/tiny/main.tf": TINY_MODULE,
  });
  packProvider(join(project.root, "mirror"), real ?? "exit 1");
  project.environment["PLATC_PROVIDER_MIRROR"] = join(project.root, "mirror");
  project.environment["XDG_CACHE_HOME"] = join(project.root, "cache");
  project.environment["PLATC_TERRAFORM"] = "terraform";
});

afterEach(() => project.remove("."));

async function lock(...flags: readonly string[]): Promise<string> {
  const result = await project.show("lock", ...flags);
  expect(result.code, result.stderr).toBe(0);
  return project.read(LOCK);
}

/** The sums of an entry; those of packages that platc cannot see here are made up. */
function sums(text: string, source = SOURCE): readonly string[] {
  return [...(lockEntries(text).get(source) ?? "").matchAll(/"((?:h1|zh):[^"]+)"/g)].map(
    ([, sum]) => sum ?? "",
  );
}

test("sums of platforms that the mirror lacks are kept", async () => {
  const own = sums(await lock());
  expect(own).toHaveLength(1);
  const ofDarwin = "h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  project.write(LOCK, project.read(LOCK).replace(/hashes = \[\n/, `hashes = [\n    "${ofDarwin}",\n`));
  expect(sums(await lock())).toEqual([ofDarwin, ...own]);
});

test("sums of another platform are added from where its package is", async () => {
  const own = sums(await lock());
  const other = hostPlatform() === "darwin_arm64" ? "linux_amd64" : "darwin_arm64";
  packProvider(join(project.root, "elsewhere"), "exit 1", { platform: other });
  packProvider(join(project.root, "elsewhere"), real ?? "exit 1");
  project.environment["PLATC_PROVIDER_MIRROR"] = join(project.root, "elsewhere");
  const both = sums(await lock());
  expect(both).toHaveLength(2);
  expect(both).toEqual(expect.arrayContaining([...own]));
});

test.skipIf(real === undefined)(
  "what is locked for OpenTofu is kept, compiled and no burden to Terraform",
  async () => {
    const own = await lock();
    project.write(LOCK, `${own}\n${lockEntries(own).get(SOURCE)?.replace(SOURCE, TOFU_SOURCE) ?? ""}`);
    expect([...lockEntries(await lock()).keys()]).toEqual([TOFU_SOURCE, SOURCE]);
    expect((await project.show("lock", "--check")).code).toBe(0);
    await compiled(project);
    const beside = [...lockEntries(project.read(`out/t/dev/a/${LOCK}`)).keys()];
    expect(beside).toEqual([TOFU_SOURCE, SOURCE]);
    expect((await project.run("plan", "dev")).statuses).toEqual({ "dev/a": "planned" });
    expect([...lockEntries(project.read(`.platc/t/dev/a/${LOCK}`)).keys()]).toEqual([SOURCE]);
  },
);

test.skipIf(LACKS_TOFU !== "" || real === undefined)(
  `OpenTofu locks for itself and runs${LACKS_TOFU}`,
  async () => {
    await lock();
    packProvider(join(project.root, "mirror"), real ?? "", { host: "registry.opentofu.org" });
    project.environment["PLATC_TERRAFORM"] = "tofu";
    expect([...lockEntries(await lock()).keys()]).toEqual([TOFU_SOURCE, SOURCE]);
    await compiled(project);
    expect((await project.run("plan", "dev")).statuses).toEqual({ "dev/a": "planned" });
  },
);
