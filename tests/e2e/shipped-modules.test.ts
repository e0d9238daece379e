import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { compiled, makeProject, type Project, spec } from "../run/project.ts";
import { runPlainTerraform } from "./plain-terraform.ts";

const PROVIDER = `terraform: { providers: { aws: { source: hashicorp/aws, config: { region: eu-west-1 } } } }\n`;
const SPEC = spec(`${PROVIDER}stacks:\n  raw: { module: aws/s3-bucket, inputs: { bucket: scratch-raw } }\n`);
const COPY = "out/t/modules/aws/s3-bucket";

let project: Project;

beforeEach(() => {
  project = makeProject({ "platform.yaml": SPEC });
});

afterEach(() => project.remove("."));

function shipped(file: string): string {
  return readFileSync(join("modules/aws/s3-bucket", file), "utf8");
}

test("a module that platc ships is copied to out/, and the stack is valid without platc", async () => {
  await compiled(project);
  expect(project.read(`${COPY}/main.tf`)).toBe(shipped("main.tf"));
  expect(existsSync(join(project.root, COPY, "README.md"))).toBe(false);
  const root = JSON.parse(project.read("out/t/dev/raw/main.tf.json")) as {
    readonly module: { readonly raw: { readonly source: string } };
  };
  expect(root.module.raw.source).toBe("../../modules/aws/s3-bucket");
  const folder = join(project.root, "out/t/dev/raw");
  const init = await runPlainTerraform(project, folder, "init", "-backend=false", "-input=false");
  expect(init).toMatchObject({ code: 0 });
  const valid = await runPlainTerraform(project, folder, "validate", "-no-color");
  expect(valid.output).toContain("The configuration is valid");
  expect(await project.show("compile", "--check")).toMatchObject({ code: 0 });
  expect((await project.show("schema")).stdout).toContain("aws/s3-bucket");
});

test("a copy that was changed is not current, one that is not called is removed", async () => {
  await compiled(project);
  const before = project.read("out/t/manifest.json");
  project.write(`${COPY}/main.tf`, `${shipped("main.tf")}# mine\n`);
  expect(await project.show("compile", "--check")).toMatchObject({ code: 1 });
  await compiled(project);
  expect(project.read(`${COPY}/main.tf`)).toBe(shipped("main.tf"));
  expect(project.read("out/t/manifest.json")).toBe(before);
  project.write("platform.yaml", spec("stacks:\n  raw: { module: local/keep }\n"));
  await compiled(project);
  expect(existsSync(join(project.root, "out/t/modules"))).toBe(false);
});

test("the project's module of the same name takes its place", async () => {
  await compiled(project);
  project.write(
    "modules/aws/s3-bucket/main.tf",
    `variable "bucket" { type = string }\noutput "bucket" { value = var.bucket }\n`,
  );
  await compiled(project);
  expect(existsSync(join(project.root, "out/t/modules"))).toBe(false);
  expect(project.read("out/t/dev/raw/main.tf.json")).toContain("../../../../modules/aws/s3-bucket");
});

test("a run works on the copy, and not on one that was changed", async () => {
  await compiled(project);
  const rehearse = (): ReturnType<Project["run"]> =>
    project.run("apply", "dev", "--target", "rehearsal", "--auto-approve");
  expect(await rehearse()).toMatchObject({ code: 0, statuses: { "dev/raw": "applied" } });
  expect(project.read(".platc/t/modules/aws/s3-bucket/main.tf")).toBe(shipped("main.tf"));
  project.write(`${COPY}/main.tf`, `${shipped("main.tf")}# mine\n`);
  const refused = await rehearse();
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stderr).toContain(`'${COPY}/main.tf'`);
});

test("explain says that a module is one that platc ships, and where its copy lies", async () => {
  const note = `shipped with platc; its copy lies in '${COPY}'`;
  expect((await project.show("explain", "dev/raw", "module")).stdout).toContain(
    `dev/raw  module\n  "aws/s3-bucket"\n  ${note}\n`,
  );
  expect((await project.show("explain", "dev/raw")).stdout).toMatch(new RegExp(`module .*; ${note}\n`));
  const json = JSON.parse((await project.show("explain", "dev/raw", "module", "--json")).stdout) as unknown;
  expect(json).toMatchObject({ values: [{ path: "module", value: '"aws/s3-bucket"', note }] });
  project.write("modules/aws/s3-bucket/main.tf", `variable "bucket" { type = string }\n`);
  expect((await project.show("explain", "dev/raw")).stdout).not.toContain("shipped");
});

test("an unknown module tells both places, and the name that was meant", async () => {
  project.write("platform.yaml", SPEC.replace("aws/s3-bucket", "aws/s3-bukcet"));
  const near = await project.show("check");
  expect(near.stdout).toContain(
    "no module 'aws/s3-bukcet' in 'modules/', nor does platc ship one of this name",
  );
  expect(near.stdout).toContain("did you mean 'aws/s3-bucket'?");
  project.write("platform.yaml", SPEC.replace("aws/s3-bucket", "other/thing"));
  expect((await project.show("check")).stdout).toContain("put its .tf files into 'modules/other/thing/'");
});
