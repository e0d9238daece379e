import { resolve } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type BuiltPlatc, buildPlatc, type PlatcProcess } from "../run/platc-process.ts";
import { makeProject, type Project } from "../run/project.ts";
import { type AzureStandIn, openAzureStandIn } from "./azure-stand-in.ts";
import { endWhileLocked } from "./end-while-locked.ts";
import { installAzurite } from "./install-backend-servers.ts";
import { SLOW } from "./slow-module.ts";

const installed = installAzurite();
const why = "missing" in installed ? ` (skipped: ${installed.missing})` : "";

const spec = (config: string): string => `version: 1
platform: t
state:
  backend: azurerm
  config: { storage_account_name: lumendevstate, container_name: "{{vars.container}}", ${config} }
  key: "{{stack.address}}.tfstate"
vars: { container: states }
environments: { dev: {} }
stacks:
  slow: { module: local/slow }
  after: { module: local/keep, inputs: { input: "{{outputs.slow.first}}" } }
`;

const BOOTSTRAPPED = `version: 1
platform: t
state:
  backend: azurerm
  config: { storage_account_name: lumendevstate, container_name: made }
  key: "{{stack.address}}.tfstate"
  bootstrap: state
environments: { dev: {} }
stacks:
  state: { module: local/container }
  beside: { module: local/keep }
`;

/** Stands for azure/state-backend, whose provider is in no mirror: the container is really made. */
const CONTAINER = `
resource "terraform_data" "this" {
  provisioner "local-exec" { command = "node $PLACE/make-container.mjs" }
}
`;

const MAKE_CONTAINER = `
import { ContainerClient, StorageSharedKeyCredential } from "${resolve("node_modules/@azure/storage-blob/dist/esm/index.js")}";
const key = new StorageSharedKeyCredential("lumendevstate", process.env.ARM_ACCESS_KEY);
await new ContainerClient("https://lumendevstate.blob.core.windows.net/made", key).create();
`;

const IDENTITY = {
  ARM_TENANT_ID: "22222222-2222-2222-2222-222222222222",
  ARM_CLIENT_ID: "33333333-3333-3333-3333-333333333333",
  ARM_SUBSCRIPTION_ID: "11111111-1111-1111-1111-111111111111",
};

describe.skipIf(why !== "")(`states of Terraform and records of platc in Azurite${why}`, () => {
  let azure: AzureStandIn;
  let platc: BuiltPlatc;
  let project: Project;

  beforeAll(async () => {
    platc = await buildPlatc();
  });
  afterAll(() => platc?.remove());

  beforeEach(async () => {
    azure = await openAzureStandIn("path" in installed ? installed.path : "");
    await azure.makeContainer("states");
    project = makeProject({
      "platform.yaml": spec(""),
      "modules/local/slow/main.tf": SLOW,
      go: "",
    });
    Object.assign(project.environment, azure.environment, {
      PLACE: project.root,
      ARM_ACCESS_KEY: azure.accessKey,
    });
  });
  afterEach(() => {
    project.remove(".");
    azure.close();
  });

  const run = (...args: readonly string[]): PlatcProcess["ended"] => platc.start(project, ...args).ended;

  test("from an empty container to an empty container, and up to date in between without Terraform", async () => {
    expect((await run("compile")).code).toBe(0);
    expect(await run("plan", "dev")).toMatchObject({
      code: 0,
      statuses: { "dev/slow": "planned", "dev/after": "planned" },
    });
    expect(await run("apply", "dev", "--auto-approve")).toMatchObject({
      code: 0,
      statuses: { "dev/slow": "applied", "dev/after": "applied" },
    });
    expect(await azure.listBlobs("states")).toEqual([
      "dev/after.tfstate",
      "dev/slow.tfstate",
      expect.stringMatching(/^t\/\.platc\/bundles\//),
      expect.stringMatching(/^t\/\.platc\/bundles\//),
      expect.stringMatching(/^t\/\.platc\/evidence\/dev\/after\//),
      expect.stringMatching(/^t\/\.platc\/evidence\/dev\/slow\//),
      "t/.platc/inventory/dev/after.json",
      "t/.platc/inventory/dev/slow.json",
    ]);
    const again = await run("apply", "dev", "--auto-approve");
    expect(again.statuses).toEqual({ "dev/slow": "up-to-date", "dev/after": "up-to-date" });
    expect(again.processes).toBe(0);
    const { statuses } = await run("destroy", "dev", "--auto-approve");
    expect(statuses).toEqual({ "dev/slow": "destroyed", "dev/after": "destroyed" });
    expect(azure.hosts).toEqual(new Set(["lumendevstate.blob.core.windows.net"]));
  });

  test("signs in with a token of a CI, as the analytics platform does", async () => {
    delete project.environment["ARM_ACCESS_KEY"];
    project.write("platform.yaml", spec("use_oidc: true, use_azuread_auth: true"));
    Object.assign(project.environment, IDENTITY, { ARM_OIDC_TOKEN: "a.token.of-a-ci", ARM_USE_CLI: "false" });
    expect((await run("compile")).code).toBe(0);
    const { code, statuses, text } = await run("apply", "dev", "--auto-approve");
    expect({ code, statuses, text: code === 0 ? "" : text }).toEqual({
      ...{ code: 0, text: "" },
      statuses: { "dev/slow": "applied", "dev/after": "applied" },
    });
    expect(azure.hosts).toContain("login.microsoftonline.com");
    expect(azure.signIns.map((asked) => asked.get("client_id"))).not.toContainEqual(null);
    expect(new Set(azure.signIns.map((asked) => asked.get("client_assertion")))).toEqual(
      new Set(["a.token.of-a-ci"]),
    );
  });

  test("takes a SAS token that is good for the container alone", async () => {
    delete project.environment["ARM_ACCESS_KEY"];
    project.environment["ARM_SAS_TOKEN"] = azure.sasToken("states");
    expect((await run("compile")).code).toBe(0);
    const { code, statuses, text } = await run("apply", "dev/slow", "--auto-approve");
    expect({ code, statuses, text: code === 0 ? "" : text }).toEqual({
      ...{ code: 0, text: "" },
      statuses: { "dev/slow": "applied" },
    });
  });

  test("looks the key of the account up where the backend names a resource group", async () => {
    delete project.environment["ARM_ACCESS_KEY"];
    project.write("platform.yaml", spec("resource_group_name: states"));
    Object.assign(project.environment, IDENTITY, { ARM_CLIENT_SECRET: "a secret" });
    expect((await run("compile")).code).toBe(0);
    const { code, text } = await run("state", "unlock", "dev/slow");
    expect({ code, text }).toEqual({ code: 0, text: "the state of 'dev/slow' is not locked\n" });
    expect(azure.hosts).toEqual(
      new Set(["login.microsoftonline.com", "management.azure.com", "lumendevstate.blob.core.windows.net"]),
    );
  });

  test("kill -9 of platc and Terraform: the next run frees the lease that is ours, and imports", async () => {
    expect((await run("compile")).code).toBe(0);
    const held = await endWhileLocked(platc, project, "dev");
    expect(held).toMatch(/is locked by \S+@\S+ since 20\S+ \(OperationTypeApply, id /);
    const next = await run("apply", "dev", "--auto-approve");
    expect(next.text).toContain("freed the lock of 'dev/slow' that an apply of ours left");
    expect(next.text).toContain("is in no state: the next plan imports it");
    expect({ code: next.code, statuses: next.statuses }).toEqual({
      code: 0,
      statuses: { "dev/slow": "applied", "dev/after": "applied" },
    });
  });

  test("platc bootstrap makes the container, moves the state of its stack into it, and is safe to repeat", async () => {
    project.write("platform.yaml", BOOTSTRAPPED);
    project.write("modules/local/container/main.tf", CONTAINER);
    project.write("make-container.mjs", MAKE_CONTAINER);
    expect((await run("compile")).code).toBe(0);
    expect((await run("apply", "dev", "--auto-approve")).text).toContain(
      "the state backend of 'dev' is not there yet\n  run 'platc bootstrap dev' first",
    );
    const { code, statuses, text } = await run("bootstrap", "dev", "--auto-approve");
    expect({ code, statuses, text: code === 0 ? "" : text }).toEqual({
      ...{ code: 0, text: "" },
      statuses: { "dev/state": "applied" },
    });
    expect(await azure.listBlobs("made")).toEqual([
      "dev/state.tfstate",
      expect.stringMatching(/^t\/\.platc\/bundles\//),
      "t/.platc/inventory/dev/state.json",
    ]);
    expect((await run("bootstrap", "dev", "--auto-approve")).statuses).toEqual({ "dev/state": "up-to-date" });
    expect((await run("apply", "dev", "--auto-approve")).statuses).toEqual({
      "dev/state": "up-to-date",
      "dev/beside": "applied",
    });
  });

  test("a container or an account that is not there is said to be missing, and a wrong key to be wrong", async () => {
    project.write("platform.yaml", spec("").replace("container: states", "container: nowhere"));
    expect((await run("compile")).code).toBe(0);
    const findings = async (): Promise<readonly string[]> => {
      const told = JSON.parse((await run("doctor", "--online")).text) as {
        readonly findings: readonly { readonly name: string; readonly message: string }[];
      };
      return told.findings.filter(({ name }) => name === "state").map(({ message }) => message);
    };
    expect(await findings()).toEqual(["azurerm://lumendevstate/nowhere does not exist yet"]);
    const planned = await run("plan", "dev");
    expect(planned.code).toBe(0);
    expect(planned.events.filter(({ kind }) => kind === "note")).toEqual([
      expect.objectContaining({
        message:
          "the state backend 'azurerm://lumendevstate/nowhere' is not there yet, and no stack makes it",
        hint: "make it first: az storage container create --auth-mode login --account-name lumendevstate --name nowhere",
      }),
    ]);
    const { code, text } = await run("apply", "dev", "--auto-approve");
    expect({ code, text }).toEqual({
      code: 1,
      text: expect.stringContaining("is not there yet, and no stack makes it") as string,
    });
    expect((await run("bootstrap", "dev")).text).toContain(
      "or make the backend by hand:\n    az storage container create --auth-mode login",
    );
    project.environment["ARM_ACCESS_KEY"] = Buffer.from("wrong").toString("base64");
    expect(await findings()).toEqual([
      expect.stringMatching(/^azurerm:\/\/lumendevstate\/nowhere: cannot reach the container: \w+: [^\n]*$/),
    ]);
    delete project.environment["ARM_ACCESS_KEY"];
    expect(await findings()).toEqual([
      expect.stringContaining("no way to its blobs is known: set use_azuread_auth (or ARM_USE_AZUREAD)"),
    ]);
  });
});
