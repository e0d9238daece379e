import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { processStatus } from "../../src/stores/process-identity.ts";
import { emulatorPlaces } from "../../src/targets/emulator-places.ts";
import { readEmulatorRecord, writeEmulatorRecord } from "../../src/targets/emulator-record.ts";
import { openEmulator } from "../../src/targets/emulator-target.ts";
import { findEmulator } from "../../src/targets/find-emulator.ts";
import { resetEmulator } from "../../src/targets/reset-emulator.ts";
import { startEmulator } from "../../src/targets/start-emulator.ts";
import { stopEmulator } from "../../src/targets/stop-emulator.ts";
import { findPythonWithMoto } from "./python-with-moto.ts";

const python = findPythonWithMoto();
const reason = python ? "" : " (skipped: no python3 with moto[server] on PATH or in PLATC_PYTHON)";

let projectRoot: string;
const environment = withoutEmulatorSettings();
const tell = (): void => undefined;

beforeEach(() => {
  projectRoot = mkdtempSync(join(tmpdir(), "platc-emulator-"));
});

afterEach(async () => {
  await stopEmulator(projectRoot);
  rmSync(projectRoot, { recursive: true });
});

describe.skipIf(!python)(`the emulator of a project${reason}`, () => {
  test("is started, found, emptied and stopped", async () => {
    expect(await findEmulator(projectRoot, environment)).toBeUndefined();
    const started = await start();
    expect(started).toMatchObject({
      wasRunning: false,
      version: expect.stringMatching(/^moto \d/) as unknown,
    });
    const { endpoint, pid } = started.record;
    expect(await start()).toMatchObject({ wasRunning: true, record: { pid, endpoint } });
    expect(await findEmulator(projectRoot, environment)).toMatchObject({ status: "ok", origin: "own", pid });

    await createBucket(endpoint, "here");
    expect(await buckets(endpoint)).toEqual(["here"]);
    expect(await resetEmulator(endpoint)).toEqual({ status: "ok" });
    expect(await buckets(endpoint)).toEqual([]);

    expect(await stopEmulator(projectRoot)).toEqual({ status: "stopped", pid, wasKilled: false });
    expect(processStatus(started.record)).toBe("dead");
    expect(await findEmulator(projectRoot, environment)).toBeUndefined();
    expect(await stopEmulator(projectRoot)).toEqual({ status: "not-running" });
  });

  test("is one, though two processes and two callers start it at once", async () => {
    const answers = await Promise.all([start(), startInOtherProcess(), startInOtherProcess(), start()]);
    const pids = answers.map(({ record }) => record.pid);
    expect(new Set(pids).size).toBe(1);
    expect(answers.filter(({ wasRunning }) => !wasRunning)).toHaveLength(1);
  });

  test("is started anew after it was killed, or where the record is of another process", async () => {
    const first = await start();
    process.kill(first.record.pid, "SIGKILL");
    while (processStatus(first.record) === "alive") await sleep(5);
    const second = await start();
    expect(second.wasRunning).toBe(false);
    expect(second.record.pid).not.toBe(first.record.pid);
    await stopEmulator(projectRoot);

    const bystander = spawn("sleep", ["60"]);
    try {
      const { record } = emulatorPlaces(projectRoot);
      writeEmulatorRecord(record, { ...second.record, pid: bystander.pid! });
      expect(await stopEmulator(projectRoot)).toEqual({ status: "not-running" });
      writeEmulatorRecord(record, { ...second.record, pid: bystander.pid! });
      expect((await start()).wasRunning).toBe(false);
      expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
    } finally {
      bystander.kill();
    }
  });

  test("is started anew where the record is no record", async () => {
    const { record } = emulatorPlaces(projectRoot);
    await start();
    await stopEmulator(projectRoot);
    writeFileSync(record, '{"pid": ');
    expect((await start()).wasRunning).toBe(false);
    expect(readEmulatorRecord(record)).toMatchObject({ pid: expect.any(Number) as unknown });
  });

  test("is killed where it does not listen", async () => {
    const { record } = await start();
    process.kill(record.pid, "SIGSTOP");
    expect(await stopEmulator(projectRoot)).toEqual({ status: "stopped", pid: record.pid, wasKilled: true });
  });

  test("is the given one where the environment names it", async () => {
    const { record } = await start();
    const other = mkdtempSync(join(tmpdir(), "platc-emulator-"));
    const given = {
      ...environment,
      PLATC_EMULATOR_ENDPOINT: record.endpoint.replace("127.0.0.1", "localhost"),
    };
    const opened = await openEmulator({ projectRoot: other, environment: given, tell });
    expect(opened).toMatchObject({
      status: "ok",
      endpoint: record.endpoint,
      target: {
        kind: "emulator",
        isAwsEmulated: true,
        additions: { AWS_ENDPOINT_URL: record.endpoint, AWS_ACCESS_KEY_ID: "test" },
      },
    });
    await stopEmulator(projectRoot);
    expect(await openEmulator({ projectRoot: other, environment: given, tell })).toMatchObject({
      status: "failed",
      message: `No emulator that platc knows answers at ${record.endpoint}, which PLATC_EMULATOR_ENDPOINT names`,
    });
    expect(await stopEmulator(other)).toEqual({ status: "not-running" });
    rmSync(other, { recursive: true });
  });

  test("says why it did not start, and where to read more", async () => {
    const { record } = await start();
    const port = Number(new URL(record.endpoint).port);
    const other = mkdtempSync(join(tmpdir(), "platc-emulator-"));
    const failed = await startEmulator({ projectRoot: other, environment, tell, port });
    const { log } = emulatorPlaces(other);
    expect(failed).toMatchObject({ status: "failed", hint: `See ${log}.` });
    expect(readFileSync(log, "utf8")).not.toBe("");
    rmSync(other, { recursive: true });
  });
});

async function start() {
  const started = await startEmulator({ projectRoot, environment, tell });
  if (started.status === "failed") throw new Error(started.message);
  return started;
}

/** As another platc would: from a bundle, in a process that ends while the emulator goes on. */
async function startInOtherProcess(): ReturnType<typeof start> {
  const { build } = await import("esbuild");
  const folder = mkdtempSync(join(import.meta.dirname, ".starter-"));
  try {
    const outfile = join(folder, "starter.mjs");
    const contents = `
      import { startEmulator } from "../../src/targets/start-emulator.ts";
      const projectRoot = process.argv[2];
      console.log(JSON.stringify(await startEmulator({ projectRoot, environment: process.env, tell() {} })));`;
    const stdin = { contents, resolveDir: import.meta.dirname };
    await build({ stdin, outfile, bundle: true, platform: "node", format: "esm", logLevel: "error" });
    return await new Promise((done, fail) => {
      const child = spawn(process.execPath, [outfile, projectRoot], {
        env: environment as NodeJS.ProcessEnv,
      });
      let text = "";
      child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
      child.on("close", () => {
        try {
          done(JSON.parse(text) as Awaited<ReturnType<typeof start>>);
        } catch (error) {
          fail(error as Error);
        }
      });
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function withoutEmulatorSettings(): Readonly<Record<string, string | undefined>> {
  const { PLATC_EMULATOR_ENDPOINT: _endpoint, PLATC_EMULATOR_HOST: _host, ...kept } = process.env;
  return { ...kept, ...(python && { PLATC_PYTHON: python }) };
}

async function s3(endpoint: string) {
  const { S3Client } = await import("@aws-sdk/client-s3");
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return new S3Client({ endpoint, region: "us-east-1", credentials, forcePathStyle: true });
}

async function createBucket(endpoint: string, name: string): Promise<void> {
  const { CreateBucketCommand } = await import("@aws-sdk/client-s3");
  await (await s3(endpoint)).send(new CreateBucketCommand({ Bucket: name }));
}

async function buckets(endpoint: string): Promise<readonly (string | undefined)[]> {
  const { ListBucketsCommand } = await import("@aws-sdk/client-s3");
  const { Buckets = [] } = await (await s3(endpoint)).send(new ListBucketsCommand({}));
  return Buckets.map(({ Name }) => Name);
}
