import { cpSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, describe, expect, test } from "vitest";
import { openEmulator } from "../../src/targets/emulator-target.ts";
import { stopEmulator } from "../../src/targets/stop-emulator.ts";
import { makeProject, type Project } from "../run/project.ts";
import { lacksForAws } from "./d2b-project.ts";
import { emulatedAccount } from "./emulated-account.ts";
import { findPythonWithMoto } from "./python-with-moto.ts";
import { openScratchPostgres } from "./scratch-postgres.ts";

const SPEC = "specs/dataops-lab/platform.yaml";
const ADDRESSES = [
  "main-backend",
  "given",
  "network",
  "bastion",
  "database",
  "landing",
  "alerts",
  "monitoring",
].map((name) => `dev/${name}`);
const OPTIONS = { region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };

interface Lab extends Project {
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

async function openLab(): Promise<Lab | string> {
  const lacking = await lacksForAws();
  if (lacking !== undefined) return lacking;
  const python = findPythonWithMoto();
  if (python === undefined) return "no python3 with moto[server] on PATH or in PLATC_PYTHON";
  const project = makeProject({ "package.json": `{ "platc": { "spec": "${SPEC}" } }` });
  // The check of the alarms asks by boto3, which is there where moto is.
  if (python.includes("/")) project.environment["PATH"] = `${dirname(python)}:${process.env["PATH"]}`;
  const repository = resolve(import.meta.dirname, "../..");
  for (const folder of ["modules/aws", "specs/dataops-lab"])
    cpSync(join(repository, folder), join(project.root, folder), {
      recursive: true,
      filter: (path) => !/\.terraform$|__pycache__/.test(path),
    });
  const close = async (): Promise<void> => {
    await stopEmulator(project.root);
    project.remove(".");
  };
  const opened = await openEmulator({
    projectRoot: project.root,
    environment: process.env,
    tell: () => undefined,
  });
  if (opened.status === "ok") return { ...project, endpoint: opened.endpoint, close };
  await close();
  return `${opened.message}. ${opened.hint}`;
}

const opened = await openLab();
const reason = typeof opened === "string" ? ` (skipped: ${opened})` : "";
const postgres = reason === "" ? await openScratchPostgres() : "the lab cannot be opened";
const noDatabase = typeof postgres === "string" ? ` (skipped: ${postgres})` : "";

/** EC2's client is no dependency of platc; its protocol is a form and an answer in XML. */
async function ec2(
  endpoint: string,
  action: string,
  fields: Readonly<Record<string, string>>,
): Promise<string> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      authorization:
        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0",
    },
    body: new URLSearchParams({ Action: action, Version: "2016-11-15", ...fields }).toString(),
  });
  return response.text();
}

/** What somebody else made before: prod's network, found by its name tags. Its id is returned. */
async function makeNetwork(endpoint: string): Promise<string> {
  const named = (type: string, name: string) => ({
    ...{ "TagSpecification.1.ResourceType": type, "TagSpecification.1.Tag.1.Key": "Name" },
    "TagSpecification.1.Tag.1.Value": name,
  });
  const vpc = await ec2(endpoint, "CreateVpc", { CidrBlock: "10.0.0.0/16", ...named("vpc", "lab-prod") });
  const [, VpcId = ""] = /<vpcId>(vpc-[^<]+)</.exec(vpc) ?? [];
  for (const [index, [name, zone]] of [
    ["public-a", "a"],
    ["private-a", "a"],
    ["private-b", "b"],
  ].entries())
    await ec2(endpoint, "CreateSubnet", {
      ...{ VpcId, CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: `us-east-1${zone}` },
      ...named("subnet", `lab-prod-${name}`),
    });
  return VpcId;
}

/** Every step goes on from the one before it: the account, the states and the emulator are the same. */
describe.skipIf(reason !== "")(`the DataOps lab on the emulator${reason}`, { timeout: 900_000 }, () => {
  const lab = opened as Lab;
  const emulated = ["--target", "emulator"];
  const each = (status: string) => Object.fromEntries(ADDRESSES.map((address) => [address, status]));
  const put = (Key: string, Body: string) =>
    new S3Client({ ...OPTIONS, endpoint: lab.endpoint, forcePathStyle: true }).send(
      new PutObjectCommand({ Bucket: "dataops-lab-dev-landing", Key, Body }),
    );

  afterAll(async () => {
    await lab.close();
    if (typeof postgres !== "string") await postgres.close();
  });

  test("is applied from nothing on a network of its own, and its data holds", async () => {
    expect(await lab.show("compile")).toMatchObject({ code: 0 });
    const boot = await lab.show("bootstrap", "dev", ...emulated, "--auto-approve");
    expect(boot.code, boot.stdout + boot.stderr).toBe(0);
    const applied = await lab.run("apply", "dev", "--auto-approve=deferred", ...emulated);
    expect(applied.code, applied.stdout).toBe(0);
    const { "dev/main-backend": _before, ...others } = applied.statuses;
    const { "dev/main-backend": _due, ...due } = each("applied");
    expect(others).toEqual(due);
    const checks = applied.events.filter(({ kind }) => kind === "check-finished");
    const seen = checks.map(({ address, result }) => {
      const { name, status } = result as { readonly name: string; readonly status: string };
      return `${address} ${name}: ${status}`;
    });
    expect(seen.sort()).toEqual([
      "dev/bastion ssh: skipped",
      "dev/database direct: skipped",
      "dev/database tunnel: skipped",
      "dev/landing csv: passed",
      "dev/landing parquet: passed",
      "dev/landing private: passed",
      "dev/monitoring alarms: passed",
    ]);
  });

  test("what it made is what the lab is: no password in any state, no private key, no open database", async () => {
    const state = await emulatedAccount(lab.endpoint).object(
      "dataops-lab-dev-state",
      "dev/database/terraform.tfstate",
    );
    expect(state).toContain('"manage_master_user_password": true');
    expect(JSON.parse(state).outputs.secret_arn.value).toMatch(/^arn:aws:secretsmanager:/);
    expect(state).toMatch(/"password": null/);
    expect(state).toMatch(/"publicly_accessible": false/);
    const network = await lab.show("output", "dev/network", "vpc_id", ...emulated);
    expect(network.stdout).toMatch(/^vpc-/);
  });

  test("has nothing to do a second time, and starts no Terraform", async () => {
    const again = await lab.run("apply", "dev", "--auto-approve", ...emulated);
    expect(again).toMatchObject({ code: 0, statuses: each("up-to-date"), processes: 0 });
  });

  test("the network of prod is that of others, and is only read", async () => {
    const vpcId = await makeNetwork(lab.endpoint);
    expect(vpcId).toMatch(/^vpc-/);
    // Its backend is a person's to approve; a plan needs none.
    const boot = await lab.show("bootstrap", "prod", ...emulated, "--auto-approve");
    expect(boot.code).toBe(3);
    expect(boot.stderr).toContain("nobody is there to approve what was shown");
    const planned = await lab.show("plan", "prod/network", ...emulated);
    expect(planned.code, planned.stdout).toBe(0);
    expect(planned.stdout).toContain(`+ vpc_id             = "${vpcId}"`);
    expect(planned.stdout).toContain("prod/network  plan: only outputs change");
  });

  test("a file with faults blocks, and the report names what does not hold", async () => {
    const [head, first] = lab.read("specs/dataops-lab/data/trips-2024-01.csv").split("\n");
    await put(
      "trips/2024-03.csv",
      [head, first, "7,3,2024-03-01 06:00:00,9,1.0,10.0,card,secret-rider@example.com", ""].join("\n"),
    );
    const tested = await lab.show("test", "dev", ...emulated, "--junit", "report.xml");
    expect(tested.code).toBe(1);
    expect(tested.stdout).toMatch(/^dev\/landing +failed /m);
    const junit = lab.read("report.xml");
    for (const text of [tested.stdout, junit]) {
      expect(text).toContain("expect_column_values_to_be_unique (trip_id): 2 of 42 unexpected");
      expect(text).toContain("expect_column_values_to_be_between (passenger_count): 1 of 41 unexpected");
      expect(text).toContain("expect_column_values_to_be_in_set (vendor_id): 1 of 42 unexpected");
      expect(text).not.toContain("secret-rider");
    }
  });

  test("the history shows both runs, and no value from the data", async () => {
    const { code, stdout } = await lab.show("quality", "history", "dev/landing", ...emulated);
    expect(code).toBe(0);
    const csv = stdout.slice(0, stdout.indexOf("\n\n"));
    expect(csv).toMatch(/^dev\/landing csv: 'trips' on s3:\/\/dataops-lab-dev-landing\/trips\/\*\.csv\n/);
    expect(csv).toMatch(/ {2}passed {2}11 of 11 hold {2}40 rows {2}emulator\n/);
    expect(csv).toMatch(/ {2}failed {2}7 of 11 hold {2}42 rows {2}emulator\n/);
    expect(csv).toContain("failed  expect_column_values_to_be_in_set (vendor_id)  1 of 42 unexpected");
    expect(stdout).not.toContain("secret-rider");
    const { stdout: json } = await lab.show(
      "quality",
      "history",
      "dev",
      ...emulated,
      "--json",
      "--last",
      "1",
    );
    expect(JSON.parse(json)).toMatchObject([{ address: "dev/landing", target: "emulator" }]);
    expect(await lab.show("quality", "history", "--last", "no")).toMatchObject({
      code: 64,
      stderr: "platc: 'no' is no number of runs\n  --last takes a whole number from 1\n",
    });
  });

  test.skipIf(noDatabase !== "")(`a query is asked of a real database${noDatabase}`, async () => {
    const { port, password, run } = postgres as Exclude<typeof postgres, string>;
    await run("CREATE TABLE trips (trip_id INTEGER); INSERT INTO trips VALUES (1), (2), (2)");
    const database = `{ host: 127.0.0.1, port: ${port}, user: postgres, password: "{{var.database_password}}" }`;
    lab.environment["TF_VAR_database_password"] = password;
    const text = lab.read(SPEC);
    const changed = text
      .replace("\nstacks:\n", "\nvariables: { database_password: { sensitive: true } }\n\nstacks:\n")
      .replace(
        "      direct:\n",
        `      rows: { sql: { postgres: ${database}, query: SELECT count(*) FROM trips, expect: { value: 3 } } }\n      trips: { quality: { suite: ids, postgres: ${database}, table: trips } }\n      direct:\n`,
      )
      .replace(
        "\nquality:\n",
        "\nquality:\n  ids: { expectations: [{ expect_column_values_to_be_unique: { column: trip_id } }] }\n",
      );
    lab.write(SPEC, changed);
    expect(await lab.show("compile")).toMatchObject({ code: 0 });
    const tested = await lab.run("test", "dev/database", ...emulated);
    expect(tested.code).toBe(1);
    const results = tested.events
      .filter(({ kind }) => kind === "check-finished")
      .map(
        ({ result }) =>
          result as { readonly name: string; readonly status: string; readonly message: string },
      );
    expect(results.map(({ name, status }) => `${name}: ${status}`)).toEqual([
      "direct: skipped",
      "rows: passed",
      "trips: failed",
      "tunnel: skipped",
    ]);
    expect(results[2]?.message).toContain("expect_column_values_to_be_unique (trip_id): 2 of 3 unexpected");
    expect(tested.stdout).not.toContain(password);
    lab.write(SPEC, text);
    expect(await lab.show("compile")).toMatchObject({ code: 0 });
  });

  test("is destroyed, and the network of the others stays", async () => {
    const { code, statuses, stdout } = await lab.run("destroy", "dev", "--auto-approve", ...emulated);
    expect(code, stdout).toBe(0);
    const { "dev/main-backend": _stays, ...destroyed } = each("destroyed");
    expect(statuses).toMatchObject(destroyed);
    expect(await emulatedAccount(lab.endpoint).buckets()).toEqual(["dataops-lab-dev-state"]);
    const networks = await ec2(lab.endpoint, "DescribeVpcs", {});
    expect(networks).toContain("lab-prod");
    expect(networks).not.toContain("lab-dev");
    expect(await emulatedAccount(lab.endpoint).roles()).toEqual([]);
  });
});
