import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Fault } from "../../src/rehearsal/fault.ts";
import { RehearsalError } from "../../src/rehearsal/rehearsal-error.ts";
import type { RehearsalProvider } from "../../src/rehearsal/start-rehearsal-provider.ts";
import { WORLD_FILE } from "../../src/rehearsal/world-store.ts";
import { findTerraform } from "../../src/terraform/find-terraform.ts";
import { LACKS_TOFU } from "./has-tofu.ts";
import { type RehearsalFixture, rehearsalFixture, startTerraform, stateOf } from "./rehearsal-fixture.ts";

let terraform: string;
let fixture: RehearsalFixture;
let provider: RehearsalProvider | undefined;

beforeAll(async () => {
  const found = await findTerraform({ environment: process.env, constraint: ">= 1.10" });
  if (found.status === "missing") throw new Error(found.message);
  terraform = found.path;
});

beforeEach(async () => {
  fixture = await rehearsalFixture(terraform);
  return async () => {
    await provider?.stop();
    provider = undefined;
    fixture.remove();
  };
});

const NETWORK = `
provider "cloud" {
  region = "north"
}
resource "cloud_network" "one" {
  name = "one"
  size = 12345678901234567890
  tags = { owner = "blue" }
}
resource "cloud_server" "one" {
  name       = "first"
  network_id = cloud_network.one.id
  secret_wo  = "not to be kept"
  disks      = [{ gigabytes = 0.1 }]
  rule {
    port = 22
  }
  rule {
    port = 443
  }
}
output "address" {
  value = cloud_network.one.address
}
output "password" {
  value     = cloud_server.one.password
  sensitive = true
}
`;

test("resources are made, kept, changed in place, replaced, and destroyed", async () => {
  provider = await fixture.start();
  fixture.root("network", NETWORK);
  await succeeds("network", "init");
  await succeeds("network", "apply", "-auto-approve");
  const made = stateOf(fixture.folder, "network");
  expect(made["cloud_network.one"]).toMatchObject({ id: "/accounts/rehearsal/networks/one" });
  expect(readFileSync(join(fixture.folder, "network/terraform.tfstate"), "utf8")).toContain(
    '"size": 12345678901234567890',
  );
  const server = made["cloud_server.one"]!;
  expect(server).toMatchObject({
    id: "/accounts/rehearsal/networks/one/servers/first",
    secret_wo: null,
    disks: [{ gigabytes: 0.1, device: expect.any(String) }],
    rule: [{ port: expect.any(Number), rule_id: expect.any(String) }, { rule_id: expect.any(String) }],
  });
  expect((await succeeds("network", "output")).text).toMatch(/password = <sensitive>/);
  await planIsEmpty("network");

  fixture.root("network", NETWORK.replace("blue", "green").replace('"first"', '"second"'));
  const changed = await succeeds("network", "apply", "-auto-approve");
  expect(changed.text).toMatch(/name\s+= "first" -> "second" # forces replacement/);
  expect(changed.text).toContain("1 added, 1 changed, 1 destroyed");
  await planIsEmpty("network");

  expect(await provider.report()).toMatchObject({
    types: {
      cloud_network: { made: 1, changed: 1, destroyed: 0 },
      cloud_server: { made: 2, changed: 0, destroyed: 1 },
    },
    typesWithoutOverlay: [],
    faults: 0,
  });
  await succeeds("network", "destroy", "-auto-approve");
  expect(stateOf(fixture.folder, "network")).toEqual({});
  expect(living()).toEqual([]);
});

test("a data source finds what another root module made, and nothing that nobody made", async () => {
  provider = await fixture.start();
  fixture.root("maker", `resource "cloud_network" "one" { name = "shared" }`);
  fixture.root(
    "finder",
    `data "cloud_network" "one" { name = "shared" }
     resource "cloud_server" "one" {
       name       = "inside"
       network_id = data.cloud_network.one.id
     }`,
  );
  await succeeds("finder", "init");
  const early = await fixture.run(provider, "finder", "plan");
  expect(early).toMatchObject({ code: 1 });
  expect(early.text).toContain("No cloud_network fits");

  await succeeds("maker", "init");
  await succeeds("maker", "apply", "-auto-approve");
  await succeeds("finder", "apply", "-auto-approve");
  const address = stateOf(fixture.folder, "maker")["cloud_network.one"]!["address"];
  expect(stateOf(fixture.folder, "finder")["data.cloud_network.one"]).toMatchObject({ address });
  const refused = await fixture.run(provider, "maker", "destroy", "-auto-approve");
  expect(refused.code).toBe(1);
  await succeeds("finder", "destroy", "-auto-approve");
  await succeeds("maker", "destroy", "-auto-approve");
});

test("import blocks take over what is there", async () => {
  provider = await fixture.start();
  fixture.root("maker", `resource "cloud_network" "one" { name = "shared" }`);
  await succeeds("maker", "init");
  await succeeds("maker", "apply", "-auto-approve");
  const importing = (id: string) => `
    import {
      to = cloud_network.mine
      id = "${id}"
    }
    resource "cloud_network" "mine" { name = "shared" }`;
  fixture.root("taker", importing("/accounts/rehearsal/networks/none"));
  await succeeds("taker", "init");
  const missing = await fixture.run(provider, "taker", "plan");
  expect(missing.text).toContain("Cannot import non-existent remote object");
  fixture.root("taker", importing("/accounts/rehearsal/networks/shared"));
  const taken = await succeeds("taker", "apply", "-auto-approve");
  expect(taken.text).toContain("1 imported, 0 added, 0 changed, 0 destroyed");
  await planIsEmpty("taker");
});

test("values of any type, ephemeral ones, and a second provider that is configured from the first", async () => {
  provider = await fixture.start();
  const text = (replicas: string) => `
    resource "cloud_network" "one" { name = "one" }
    ephemeral "cloud_token" "one" { name = "deployer" }
    provider "cluster" {
      server = cloud_network.one.address
      token  = ephemeral.cloud_token.one.token
    }
    resource "cluster_object" "one" {
      name     = "object"
      manifest = {
        kind = "Thing"
        big  = 98765432109876543210987654321
        spec = { replicas = ${replicas}, names = ["a", "b"], mixed = ["a", 1, null, { deep = true }] }
      }
    }`;
  fixture.root("objects", text("3"));
  await succeeds("objects", "init");
  await succeeds("objects", "apply", "-auto-approve");
  await planIsEmpty("objects");
  fixture.root("objects", text('"many"'));
  expect((await succeeds("objects", "apply", "-auto-approve")).text).toContain("1 changed");
  await planIsEmpty("objects");
  expect(readFileSync(join(fixture.folder, "objects/terraform.tfstate"), "utf8")).toContain(
    "98765432109876543210987654321",
  );
  await succeeds("objects", "destroy", "-auto-approve");
  expect(living()).toEqual([]);
});

test("two configurations of a provider in one run keep apart", async () => {
  const overlay = {
    source: "platc-test/cloud",
    settings: {},
    resources: new Map([["cloud_network", { id: "{REGION}/{name}" }]]),
    dataSources: new Map(),
  };
  provider = await fixture.start([], [overlay]);
  fixture.root(
    "regions",
    `provider "cloud" { region = "north" }
     provider "cloud" {
       alias  = "south"
       region = "south"
     }
     resource "cloud_network" "north" {
       count = 12
       name  = "n\${count.index}"
     }
     resource "cloud_network" "south" {
       count    = 12
       provider = cloud.south
       name     = "n\${count.index}"
     }`,
  );
  await succeeds("regions", "init");
  await succeeds("regions", "apply", "-auto-approve");
  const ids = Object.entries(stateOf(fixture.folder, "regions")).map(([address, { id }]) => [
    address.replace(/^cloud_network\.(\w+)\[(\d+)\]$/, "$1/n$2"),
    id,
  ]);
  expect(ids).toHaveLength(24);
  for (const [expected, id] of ids) expect(id).toBe(expected);
});

test("what a computed-only attribute is given, and what is named twice, is refused", async () => {
  provider = await fixture.start();
  fixture.root("computed", `resource "cloud_network" "one" {\n  name = "one"\n  id = "mine"\n}`);
  await succeeds("computed", "init");
  const computed = await fixture.run(provider, "computed", "validate");
  expect(computed).toMatchObject({ code: 1 });
  fixture.root("twice", `resource "cloud_network" "one" {\n  count = 2\n  name = "one"\n}`);
  await succeeds("twice", "init");
  const twice = await fixture.run(provider, "twice", "apply", "-auto-approve");
  expect(twice.code).toBe(1);
  expect(Object.keys(stateOf(fixture.folder, "twice"))).toHaveLength(1);
});

describe("faults on purpose", () => {
  const THREE = `
    resource "cloud_network" "one" { name = "one" }
    resource "cloud_network" "two" {
      name = "two"
      tags = { after = cloud_network.one.id }
    }
    resource "cloud_network" "three" {
      name = "three"
      tags = { after = cloud_network.two.id }
    }`;

  test("the second create of a stack fails; the next apply makes the rest", async () => {
    provider = await fixture.start([{ operation: "create", stack: "three", nth: 2, action: "fail" }]);
    fixture.root("other", `resource "cloud_network" "other" {\n  count = 3\n  name = "o\${count.index}"\n}`);
    fixture.root("three", THREE);
    for (const name of ["other", "three"]) await succeeds(name, "init");
    await succeeds("other", "apply", "-auto-approve");
    const failed = await fixture.run(provider, "three", "apply", "-auto-approve");
    expect(failed.code).toBe(1);
    expect(failed.text).toContain("The create of this cloud_network fails on purpose");
    expect(Object.keys(stateOf(fixture.folder, "three"))).toEqual(["cloud_network.one"]);
    expect((await succeeds("three", "apply", "-auto-approve")).text).toContain("2 added, 0 changed");
    expect((await provider.report()).faults).toBe(1);
  });

  test("a failed update, delete or read leaves everything as it was", async () => {
    provider = await fixture.start([
      { operation: "update", nth: 1, action: "fail" },
      { operation: "delete", type: "cloud_network", nth: 1, action: "fail" },
      { operation: "read", stack: "reader", nth: 1, action: "fail" },
    ]);
    const text = (owner: string) => `resource "cloud_network" "one" {
      name = "one"
      tags = { owner = "${owner}" }
    }`;
    fixture.root("one", text("blue"));
    await succeeds("one", "init");
    await succeeds("one", "apply", "-auto-approve");
    fixture.root("one", text("green"));
    expect((await fixture.run(provider, "one", "apply", "-auto-approve")).code).toBe(1);
    expect(stateOf(fixture.folder, "one")["cloud_network.one"]).toMatchObject({ tags: { owner: "blue" } });
    await succeeds("one", "apply", "-auto-approve");
    expect((await fixture.run(provider, "one", "destroy", "-auto-approve")).code).toBe(1);
    expect(Object.keys(stateOf(fixture.folder, "one"))).toEqual(["cloud_network.one"]);

    fixture.root("reader", `data "cloud_network" "one" { name = "one" }`);
    await succeeds("reader", "init");
    expect((await fixture.run(provider, "reader", "plan")).text).toContain("fails on purpose");
    await succeeds("reader", "plan");
    await succeeds("one", "destroy", "-auto-approve");
    expect(living()).toEqual([]);
  });

  test("a crash hits the stack that it was meant for, and what was made before is kept", async () => {
    provider = await fixture.start([{ operation: "create", stack: "three", nth: 3, action: "crash" }]);
    fixture.root("three", THREE);
    await succeeds("three", "init");
    const crashed = await fixture.run(provider, "three", "apply", "-auto-approve");
    expect(crashed.code).toBe(1);
    expect(crashed.text).toMatch(/Plugin did not respond/);
    expect(Object.keys(stateOf(fixture.folder, "three")).sort()).toEqual([
      "cloud_network.one",
      "cloud_network.two",
    ]);
    expect((await succeeds("three", "apply", "-auto-approve")).text).toContain("1 added");
    await planIsEmpty("three");
  });

  test("what is slow is done later; an interrupt ends it, and the state is clean", async () => {
    provider = await fixture.start([
      { operation: "create", nth: 1, action: { slowMs: 50 } },
      { operation: "create", nth: 2, action: { slowMs: 600_000 } },
    ]);
    fixture.root("three", THREE);
    await succeeds("three", "init");
    const run = await startTerraform(terraform, fixture.folder, provider, "three", [
      "apply",
      "-auto-approve",
    ]);
    while (!run.said().includes("cloud_network.two: Creating")) await sleep(20);
    run.child.kill("SIGINT");
    const { code, text } = await run.ended;
    expect(code).toBe(1);
    expect(text).toContain("The create of this cloud_network was stopped");
    expect(Object.keys(stateOf(fixture.folder, "three"))).toEqual(["cloud_network.one"]);
    expect(existsSync(join(fixture.folder, "three/.terraform.tfstate.lock.info"))).toBe(false);
    expect((await succeeds("three", "apply", "-auto-approve")).text).toContain("2 added");
  });
});

describe("the world", () => {
  const ONE = `resource "cloud_network" "one" { name = "one" }`;

  test("outlives its process, however that ends", async () => {
    provider = await fixture.start();
    fixture.root("one", ONE);
    await succeeds("one", "init");
    await succeeds("one", "apply", "-auto-approve");
    await endWith("SIGKILL");
    provider = await fixture.start();
    await planIsEmpty("one");
    fixture.root("one", ONE.replaceAll("one", "two"));
    await succeeds("one", "apply", "-auto-approve");
    await endWith("SIGTERM");
    provider = await fixture.start();
    await planIsEmpty("one");
    expect(living()).toEqual(["/accounts/rehearsal/networks/two"]);
  });

  test("adopts what it lost, and shows as drift what was changed or destroyed in it", async () => {
    provider = await fixture.start();
    fixture.root("one", ONE);
    await succeeds("one", "init");
    await succeeds("one", "apply", "-auto-approve");
    const state = join(fixture.folder, "one/terraform.tfstate");
    const applied = readFileSync(state);
    const path = join(fixture.world, WORLD_FILE);
    await editWorld(() => writeFileSync(path, ""));
    await planIsEmpty("one");
    expect(living()).toHaveLength(1);
    await editWorld(() =>
      writeFileSync(path, readFileSync(path, "utf8").replace('"tags":null', '"tags":{"by":"hand"}')),
    );
    expect((await succeeds("one", "plan")).text).toMatch(/- "by" = "hand"/);
    await succeeds("one", "destroy", "-auto-approve");
    writeFileSync(state, applied);
    expect((await succeeds("one", "plan")).text).toContain("1 to add");
  });

  test("is for one process at a time; the next one waits", async () => {
    provider = await fixture.start();
    const second = fixture.start();
    await sleep(300);
    await provider.stop();
    provider = await second;
    fixture.root("one", ONE);
    await succeeds("one", "init");
  });
});

describe("the process", () => {
  const ONE = `resource "cloud_network" "one" { name = "one" }`;
  const SLOW: readonly Fault[] = [{ operation: "create", nth: 1, action: { slowMs: 1_500 } }];

  test("goes on for a Terraform that runs when it is told to stop", async () => {
    provider = await fixture.start(SLOW);
    const { pid } = provider;
    fixture.root("one", ONE);
    await succeeds("one", "init");
    const run = await startTerraform(terraform, fixture.folder, provider, "one", ["apply", "-auto-approve"]);
    while (!run.said().includes("cloud_network.one: Creating")) await sleep(20);
    const stopping = provider.stop();
    expect((await run.ended).text).toContain("1 added");
    await stopping;
    await end(pid);
    expect(living()).toHaveLength(1);
  });

  test("goes on for a Terraform whose platc was killed, and ends after it", async () => {
    const platc = await fixture.startElsewhere(SLOW);
    fixture.root("one", ONE);
    const run = (...args: readonly string[]) =>
      startTerraform(terraform, fixture.folder, platc.provider, "one", args);
    expect((await (await run("init")).ended).code).toBe(0);
    const apply = await run("apply", "-auto-approve");
    while (!apply.said().includes("cloud_network.one: Creating")) await sleep(20);
    platc.kill();
    expect(await apply.ended).toMatchObject({ code: 0 });
    await end(platc.provider.pid);
    expect(Object.keys(stateOf(fixture.folder, "one"))).toEqual(["cloud_network.one"]);
    expect(living()).toHaveLength(1);
  });

  test("says why it cannot start", async () => {
    writeFileSync(fixture.world, "a file, where a folder is to be");
    await expect(fixture.start()).rejects.toThrow(RehearsalError);
    await expect(fixture.start()).rejects.toThrow(fixture.world);
  });
});

test.skipIf(LACKS_TOFU !== "")(`OpenTofu does the same${LACKS_TOFU}`, async () => {
  provider = await fixture.start();
  fixture.root("network", NETWORK.replace(/.*secret_wo.*/, ""));
  for (const args of [
    ["init"],
    ["apply", "-auto-approve"],
    ["plan", "-detailed-exitcode"],
    ["destroy", "-auto-approve"],
  ]) {
    const { ended } = await startTerraform("tofu", fixture.folder, provider, "network", args);
    expect(await ended).toMatchObject({ code: 0 });
  }
  expect(living()).toEqual([]);
});

async function succeeds(name: string, ...args: readonly string[]) {
  const ran = await fixture.run(provider!, name, ...args);
  expect(ran.code, `terraform ${args.join(" ")}\n${ran.text}`).toBe(0);
  return ran;
}

async function planIsEmpty(name: string): Promise<void> {
  const { code, text } = await fixture.run(provider!, name, "plan", "-detailed-exitcode");
  expect(code, text).toBe(0);
}

/** The ids in the world's file, read as whoever edits it would. */
function living(): readonly string[] {
  const byId = new Map<string, unknown>();
  for (const line of readFileSync(join(fixture.world, WORLD_FILE), "utf8").trim().split("\n")) {
    if (line === "") continue;
    const { id, value } = JSON.parse(line) as { id: string; value?: unknown };
    byId.set(id, value);
  }
  return [...byId].filter(([, value]) => value !== undefined).map(([id]) => id);
}

async function editWorld(edit: () => void): Promise<void> {
  await provider!.stop();
  edit();
  provider = await fixture.start();
}

async function endWith(signal: NodeJS.Signals): Promise<void> {
  const { pid } = provider!;
  process.kill(pid, signal);
  await end(pid);
}

async function end(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(20);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
