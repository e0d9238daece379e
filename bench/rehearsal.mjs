// `node bench/rehearsal.mjs [STACKS]`: a rehearsal of stacks of three resources of aws, from nothing, unchanged, and with
// one changed. What platc adds is its wall time beside the time that its Terraform processes would fill alone: how long
// each ran, from the call that starts it to its end, as the report says.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { measure } from "./measure.mjs";

const platc = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const stacks = Number(process.argv[2] ?? 200);
const atOnce = availableParallelism();
const work = mkdtempSync(join(tmpdir(), "platc-bench-rehearsal-"));

if (!existsSync(platc) || !Number.isInteger(stacks) || stacks < 1) {
  console.error("bench: run 'npm run build' first; the argument is a number of stacks");
  process.exit(64);
}
const MODULE = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
variable "name" { type = string }
variable "note" { type = string }
resource "aws_s3_bucket" "this" {
  bucket = var.name
  tags   = { note = var.note }
}
resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id
  versioning_configuration { status = "Enabled" }
}
resource "aws_iam_role" "this" {
  name               = var.name
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
output "bucket" { value = aws_s3_bucket.this.bucket }
`;

try {
  console.log(`| ${stacks} stacks of 3 resources, ${atOnce} at once | wall | CPU | Terraform's own, ${atOnce} at once | processes | provider's peak |`);
  console.log("|---|---|---|---|---|---|");
  writeProject(false);
  measure({ command: [process.execPath, platc, "compile"], cwd: work });
  await row("from nothing");
  await row("unchanged");
  writeProject(true);
  measure({ command: [process.execPath, platc, "compile"], cwd: work });
  await row("one changed");
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function row(name) {
  const peak = watchProvider();
  const flags = ["--target", "rehearsal", "--auto-approve", "--json", "--parallelism", String(atOnce)];
  const environment = { PLATC_PROVIDER_MIRROR: "none" };
  const command = [process.execPath, platc, "apply", "dev", ...flags];
  const { wall, cpu, stdout } = measure({ command, cwd: work, environment });
  const { processes, processSeconds } = JSON.parse(stdout.trim().split("\n").at(-1));
  const own = sum(processSeconds) / atOnce;
  const more = own === 0 ? "" : ` (platc + ${((wall / own - 1) * 100).toFixed(1)} %)`;
  const cells = [name, `${wall.toFixed(2)} s`, `${cpu.toFixed(2)} s`, `${own.toFixed(2)} s${more}`, sum(processes), `${peak()} MB`];
  console.log(`| ${cells.join(" | ")} |`);
}

function sum(byCommand) {
  return Object.values(byCommand).reduce((total, one) => total + one, 0);
}

/** Reads, while a run goes on, the peak memory of its provider process, in MB; nothing where there is no /proc. */
function watchProvider() {
  const file = join(work, "peak");
  writeFileSync(file, "0");
  const program = fileURLToPath(new URL("peak.mjs", import.meta.url));
  const watcher = existsSync("/proc") && spawn(process.execPath, [program, work, file], { stdio: ["ignore", "ignore", "inherit"] });
  return () => {
    if (watcher) watcher.kill();
    return Math.round(Number(readFileSync(file, "utf8")) / 1024);
  };
}

function writeProject(isChanged) {
  const files = {
    "package.json": '{ "platc": { "spec": "platform.yaml" } }',
    "platform.yaml": spec(isChanged),
    "modules/bench/three/main.tf": MODULE,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), text);
  }
}

function spec(isChanged) {
  const lines = [
    "version: 1",
    "platform: bench",
    "terraform: { providers: { aws: { source: hashicorp/aws, version: \"~> 5.100\", config: { region: eu-central-1 } } } }",
    'state: { backend: local, config: { path: states }, key: "{{stack.address}}.tfstate" }',
    "environments: { dev: {} }",
    "stacks:",
  ];
  for (let index = 0; index < stacks; index++)
    lines.push(`  s-${index}: { module: bench/three, inputs: { name: s-${index}, note: ${isChanged && index === 0 ? "b" : "a"} } }`);
  return `${lines.join("\n")}\n`;
}
