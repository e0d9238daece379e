// `node bench/rehearsal.mjs [STACKS]`: a rehearsal of stacks of three resources of aws, from nothing, unchanged, and with
// one changed. What platc adds is its wall time beside the time that its Terraform processes would fill alone. A script
// around Terraform takes that time; what the script itself takes is measured with a program that does nothing, and is
// neither platc's nor Terraform's.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { measure } from "./measure.mjs";

const platc = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const stacks = Number(process.argv[2] ?? 200);
const atOnce = availableParallelism();
const tries = 50;
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
  const log = join(work, "times");
  const around = scriptSeconds();
  const shim = counting("terraform", log);
  const peak = watchProvider();
  const flags = ["--target", "rehearsal", "--auto-approve", "--parallelism", String(atOnce)];
  const environment = { PATH: `${shim}${delimiter}${process.env.PATH}`, PLATC_PROVIDER_MIRROR: "none" };
  const { wall, cpu } = measure({ command: [process.execPath, platc, "apply", "dev", ...flags], cwd: work, environment });
  const times = timesIn(log);
  const own = sum(times) / atOnce;
  const whole = wall - (times.length * around) / atOnce;
  const more = own === 0 ? "" : ` (platc + ${((whole / own - 1) * 100).toFixed(1)} %)`;
  console.log(`| ${name} | ${wall.toFixed(2)} s | ${cpu.toFixed(2)} s | ${own.toFixed(2)} s${more} | ${times.length} | ${peak()} MB |`);
}

/** A script of the same name goes first on the PATH, and writes down how long each start of the program took. */
function counting(name, log) {
  const folder = join(work, "counting");
  const shim = join(folder, name);
  const real = spawnSync("bash", ["-c", `type -P ${name}`], { encoding: "utf8" }).stdout.trim();
  mkdirSync(folder, { recursive: true });
  writeFileSync(log, "");
  writeFileSync(shim, `#!/bin/bash\nTIMEFORMAT=%R\nexec 3>&2 4>>'${log}'\n{ time '${real}' "$@" 2>&3 3>&- 4>&-; } 2>&4\n`);
  chmodSync(shim, 0o755);
  return folder;
}

/** What the script takes beside the program in it. */
function scriptSeconds() {
  const log = join(work, "nothing");
  const shim = join(counting("true", log), "true");
  const begun = performance.now();
  for (let one = 0; one < tries; one++) spawnSync(shim);
  return ((performance.now() - begun) / 1000 - sum(timesIn(log))) / tries;
}

function timesIn(log) {
  return readFileSync(log, "utf8").trim().split("\n").filter(Boolean).map(Number);
}

function sum(numbers) {
  return numbers.reduce((total, one) => total + one, 0);
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
