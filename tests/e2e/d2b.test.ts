import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openD2b } from "./d2b-project.ts";
import { emulatedAccount } from "./emulated-account.ts";

const opened = await openD2b();
const reason = typeof opened === "string" ? ` (skipped: ${opened})` : "";
const ADDRESSES = [
  "dev/main-backend",
  "dev/storage/s3",
  "dev/access",
  "dev/workflow/lambda",
  "dev/workflow/glue",
];
const SECRET = "hunter2-is-no-password";
const SPEC = "specs/d2b/platform.yaml";
const FUNCTION = "specs/d2b/functions/ingestion/main.py";

/** Every step goes on from the one before it: the account, the states and the emulator are the same. */
describe.skipIf(typeof opened === "string")(`D2b on the emulator${reason}`, { timeout: 900_000 }, () => {
  const project = opened as Exclude<typeof opened, string>;
  const account = () => emulatedAccount(project.endpoint);
  const emulated = ["--target", "emulator"];
  const apply = (...flags: readonly string[]) =>
    project.run("apply", "dev", "--auto-approve", ...emulated, ...flags);
  const each = (status: string) => Object.fromEntries(ADDRESSES.map((address) => [address, status]));
  const reports = () => ["report.xml", "report.md", "report.html"].map((path) => project.read(path));

  afterAll(() => project.close());

  test("compiles to a root module for each of its 17 stacks", async () => {
    project.environment["TF_VAR_source_token"] = SECRET;
    const text = project.read(SPEC);
    const spec = text
      .replace("\nstacks:\n", "\nvariables: { source_token: { sensitive: true } }\n\nstacks:\n")
      .replace(/^( +)BUCKET_NAME: .*$/m, '$&\n$1SOURCE_TOKEN: "{{var.source_token}}"');
    project.write(SPEC, spec);
    const { code, stdout, stderr } = await project.show("compile");
    expect(stderr).toBe("");
    expect([code, stdout.trim().split("\n").at(-1)]).toEqual([
      0,
      expect.stringMatching(/^17 stacks: \d+ written, 0 removed, 0 unchanged$/),
    ]);
  });

  test("plans all of dev on an empty account, and says that its backend comes first", async () => {
    const { code, stdout } = await project.show("plan", "dev", ...emulated);
    expect(code, stdout).toBe(0);
    const backendNote = stdout.indexOf("'platc bootstrap dev' comes before an apply");
    expect(backendNote).toBeGreaterThan(0);
    expect(backendNote).toBeLessThan(stdout.indexOf("Plan of d2b against the emulator: 5 stacks"));
    for (const address of ADDRESSES)
      expect(stdout).toMatch(new RegExp(`^${address} +(planned|deferred) `, "m"));
    expect(stdout).toContain("planned against planned outputs of dev/storage/s3");
    expect(stdout).not.toContain(SECRET);
    expect(await account().buckets()).toEqual([]);
  });

  test("applies dev from nothing, and its data is checked end to end", async () => {
    const files = ["--junit", "report.xml", "--markdown", "report.md", "--html", "report.html"];
    const { code, stdout } = await project.show("apply", "dev", "--auto-approve", ...emulated, ...files);
    expect(code, stdout).toBe(0);
    for (const address of ADDRESSES) expect(stdout).toMatch(new RegExp(`^${address} +applied `, "m"));
    expect(stdout).toContain("\nChecks: 7 passed, 0 failed\n");
    expect(stdout).toMatch(/^Ran by the emulator: .*dev\/workflow\/glue counts$/m);
    expect(stdout).toMatch(
      /^Ran as a local process for the emulator: dev\/workflow\/lambda ingestion, dev\/workflow\/glue ingestion, /m,
    );
    const counts = await account().object("d2b-dev-processed", "processed/counts.json");
    expect(JSON.parse(counts)).toEqual(JSON.parse(project.read("specs/d2b/data/expected-counts.json")));
    expect(stdout).not.toContain(SECRET);
  });

  test("writes JUnit, Markdown and a page, and no secret into them or into out/", () => {
    const [junit, markdown, page] = reports();
    expect(junit).toContain('<testsuites name="platc apply d2b" tests="12" failures="0" errors="0"');
    expect(markdown).toMatch(/checks: 7 passed, 0 failed/);
    expect(page).toMatch(/^<!doctype html>/i);
    const compiled = project.read("out/d2b/dev/workflow/lambda/main.tf.json");
    expect([junit, markdown, page, compiled].filter((text) => text?.includes(SECRET))).toEqual([]);
  });

  test("has nothing to do a second time, and starts no Terraform", async () => {
    const { code, statuses, processes } = await apply();
    expect({ code, statuses, processes }).toEqual({ code: 0, statuses: each("up-to-date"), processes: 0 });
  });

  test("a function that raises fails its check, and blocks what comes after it alone", async () => {
    const handler = "def handler(event, context):\n";
    const raising = `${handler}    raise RuntimeError("no luck with " + os.environ["SOURCE_TOKEN"])\n`;
    project.write(FUNCTION, project.read(FUNCTION).replace(handler, raising));
    expect(await project.show("compile")).toMatchObject({ code: 0 });
    const { code, statuses, reasons, stdout } = await apply("--why", "--junit", "report.xml");
    expect({ code, statuses, reasons }).toEqual({
      code: 1,
      statuses: { ...each("up-to-date"), "dev/workflow/lambda": "failed", "dev/workflow/glue": "blocked" },
      reasons: { "dev/workflow/lambda": [expect.stringContaining("changed")] },
    });
    expect(stdout).toContain("RuntimeError");
    const [junit = ""] = reports();
    expect(junit).toContain("RuntimeError");
    expect([stdout, junit].filter((text) => text.includes(SECRET))).toEqual([]);
  });

  test("a repaired line of a function runs its stack, and no other", async () => {
    const text = project.read(FUNCTION).replace(/^ +raise RuntimeError.*\n/m, "");
    project.write(FUNCTION, text.replace('"""Batch ingestion:', '"""Ingestion in batches:'));
    expect(await project.show("compile")).toMatchObject({ code: 0 });
    const { code, stdout } = await project.show("apply", "dev", "--auto-approve", "--why", ...emulated);
    expect(code, stdout).toBe(0);
    expect(stdout).toMatch(/^dev\/workflow\/lambda runs because\n +- .*changed$/m);
    expect(stdout).toMatch(/^dev\/workflow\/lambda +applied +0 +1 +0 /m);
    expect(stdout).toMatch(/^dev\/workflow\/glue +up to date /m);
    expect(stdout).not.toMatch(/^dev\/(storage|access|workflow\/glue).*: planning$/m);
    expect(stdout).toMatch(/^3 Terraform processes: 1 plan, 1 show, 1 apply$/m);
  });

  test("tests, outputs and the inventory are there without Terraform", async () => {
    const tested = await project.run("test", "dev", ...emulated);
    const untested = { "dev/main-backend": "no-checks", "dev/access": "no-checks" };
    expect(tested).toMatchObject({ code: 0, statuses: { ...each("tested"), ...untested }, processes: 0 });
    expect(tested.events.filter(({ kind }) => kind === "check-finished")).toHaveLength(7);
    expect(await project.show("output", "dev/storage/s3", "raw_bucket", ...emulated)).toMatchObject({
      code: 0,
      stdout: "d2b-dev-raw\n",
    });
    const inventory = await project.show("state", "inventory", ...emulated);
    const lines = inventory.stdout.trim().split("\n");
    expect(lines.map((line) => line.split(/ +/)[0])).toEqual([...ADDRESSES].sort());
    for (const line of lines)
      expect(line).toMatch(/^dev\/(main-backend|access) /.test(line) ? /no checks$/ : /tests passed$/);
  });

  test("works without platc: terraform init and plan in out/ see what platc applied", async () => {
    const { runPlainTerraform } = await import("./plain-terraform.ts");
    const folder = join(project.root, "out/d2b/dev/storage/s3");
    const init = await runPlainTerraform(project, folder, "init", "-input=false", "-no-color");
    expect(init.output).toContain("Terraform has been successfully initialized!");
    const plan = await runPlainTerraform(project, folder, "plan", "-input=false", "-no-color");
    expect(plan.output).toContain("No changes. Your infrastructure matches the configuration.");
  });

  test("destroys dev, and leaves nothing but the state bucket", async () => {
    const { code, statuses } = await project.run("destroy", "dev", "--auto-approve", ...emulated);
    expect(code).toBe(0);
    const { "dev/main-backend": _stays, ...destroyed } = each("destroyed");
    expect(statuses).toEqual(destroyed);
    expect({
      buckets: await account().buckets(),
      functions: await account().functions(),
      jobs: await account().jobs(),
      triggers: await account().triggers(),
      databases: await account().databases(),
      roles: await account().roles(),
    }).toEqual({
      buckets: ["d2b-dev-state"],
      functions: [],
      jobs: [],
      triggers: [],
      databases: [],
      roles: [],
    });
    expect(existsSync(join(project.root, "errored.tfstate"))).toBe(false);
    const inventory = await project.show("state", "inventory", ...emulated);
    expect(inventory.stdout).toMatch(/^dev\/main-backend [^\n]*\n$/);
    expect(readFileSync(join(project.root, "out/d2b/manifest.json"), "utf8")).not.toContain(SECRET);
  });
});
