import { existsSync } from "node:fs";
import { join } from "node:path";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { processStatus } from "../../src/stores/process-identity.ts";
import { openEmulator } from "../../src/targets/emulator-target.ts";
import { stopEmulator } from "../../src/targets/stop-emulator.ts";
import { type BuiltPlatc, buildPlatc, lastJournal } from "../run/platc-process.ts";
import { compiled, makeProject, type Project, until } from "../run/project.ts";
import { emulatedAccount } from "./emulated-account.ts";

const SPEC = `version: 1
platform: t
state:
  backend: s3
  config: { bucket: t-states, region: ap-northeast-2, use_lockfile: true }
  key: "{{stack.address}}/terraform.tfstate"
environments: { dev: {} }
stacks:
  slow: { module: local/slow }
`;

/** Makes two instances at once, and one more when the file `go` is there. */
const SLOW = `
resource "terraform_data" "first" { 
  for_each = toset(["a", "b \\"quoted\\""]) 
  input    = each.key 
}
resource "terraform_data" "second" {
  depends_on = [terraform_data.first]
  provisioner "local-exec" {
    command = "touch $PLACE/started; while [ ! -e $PLACE/go ]; do sleep 0.05; done"
  }
}
output "ids" { value = { for key, one in terraform_data.first : key => one.id } }
`;

let project: Project;
let platc: BuiltPlatc;
let account: ReturnType<typeof emulatedAccount>;
let lacking: string | undefined;

beforeAll(async () => {
  project = makeProject({ "platform.yaml": SPEC, "modules/local/slow/main.tf": SLOW });
  project.environment["PLACE"] = project.root;
  const opened = await openEmulator({
    projectRoot: project.root,
    environment: process.env,
    tell: () => undefined,
  });
  if (opened.status !== "ok") {
    lacking = `${opened.message}. ${opened.hint}`;
    return;
  }
  account = emulatedAccount(opened.endpoint);
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const s3 = new S3Client({
    endpoint: opened.endpoint,
    region: "ap-northeast-2",
    credentials,
    forcePathStyle: true,
  });
  await s3.send(
    new CreateBucketCommand({
      Bucket: "t-states",
      CreateBucketConfiguration: { LocationConstraint: "ap-northeast-2" },
    }),
  );
  platc = await buildPlatc();
});

afterAll(async () => {
  platc?.remove();
  await stopEmulator(project.root);
  project.remove(".");
});

test("kill -9 of platc and Terraform with the state in S3: the next run frees the lock and imports", async (context) => {
  if (lacking !== undefined) return context.skip(lacking);
  await compiled(project);
  const { child, ended } = platc.start(project, "apply", "dev", "--target", "emulator", "--auto-approve");
  await until(
    () =>
      existsSync(join(project.root, "started")) &&
      lastJournal(project).some((event) => event.kind === "lock-seen"),
    "the slow stack is being applied",
  );
  const started = lastJournal(project).find((event) => event.kind === "process-started");
  child.kill("SIGKILL");
  if (!started) throw new Error("no Terraform process in the journal");
  process.kill(-started.identity.pid, "SIGKILL");
  await ended;
  await until(() => processStatus(started.identity) === "dead", "Terraform is dead");
  const lock = "dev/slow/terraform.tfstate.tflock";
  expect(await account.keys("t-states")).toContain(lock);

  const plan = await project.run("plan", "dev", "--target", "emulator");
  const notes = plan.events.flatMap((event) => (event.kind === "note" ? [String(event["message"])] : []));
  expect(notes.join("\n")).toContain("freed the lock of 'dev/slow'");
  expect(notes.join("\n")).toContain(
    "the making of 'module.slow.terraform_data.second' of 'dev/slow' had begun",
  );
  expect(await account.keys("t-states")).not.toContain(lock);
  expect(plan.events.find((event) => event.kind === "stack-planned")).toMatchObject({
    summary: { import: 2, add: 1 },
  });

  project.write("go", "");
  const apply = await project.run("apply", "dev", "--target", "emulator", "--auto-approve");
  expect(apply).toMatchObject({ code: 0, statuses: { "dev/slow": "applied" } });
  const imported = notes.join("\n").match(/[0-9a-f]{8}-[0-9a-f-]{27}/g);
  const state = await account.object("t-states", "dev/slow/terraform.tfstate");
  for (const id of imported ?? ["no ids in the note"]) expect(state).toContain(id);
  expect(imported).toHaveLength(2);
  expect(await project.run("apply", "dev", "--target", "emulator", "--auto-approve")).toMatchObject({
    code: 0,
    processes: 0,
  });
});
