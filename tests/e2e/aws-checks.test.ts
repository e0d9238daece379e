import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { createServer as createTcpServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import {
  BatchStopJobRunCommand,
  CreateJobCommand,
  GetJobRunsCommand,
  GlueClient,
  StartJobRunCommand,
} from "@aws-sdk/client-glue";
import { CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  CreateBucketCommand,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CheckContext } from "../../src/checks/check-context.ts";
import { runCheck } from "../../src/checks/run-check.ts";
import { computed } from "../../src/templates/value.ts";
import { checkOf, NOTHING_KNOWN, NOWHERE } from "../unit/checks/check-fixtures.ts";
import { findPythonWithMoto } from "./python-with-moto.ts";

const python = findPythonWithMoto();
const reason = python ? "" : " (skipped: no python3 with moto[server] on PATH or in PLATC_PYTHON)";
const emulatorFolder = resolve(import.meta.dirname, "../../src/targets/emulator");
const folder = mkdtempSync(join(tmpdir(), "platc-aws-checks-"));
const REGION = "ap-northeast-2";

let emulator: ChildProcess;
let endpoint: string;
let context: CheckContext;

const clientOptions = () => ({
  ...{ endpoint, region: REGION, forcePathStyle: true },
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});

/** Status, message and details of one check. */
async function seen(kind: string, settings: object, more: object = {}, other: Partial<CheckContext> = {}) {
  const result = await runCheck(checkOf(kind, settings, { timeoutSeconds: 20, ...more }), NOTHING_KNOWN, {
    ...context,
    ...other,
  });
  return [result.status, result.message, ...(result.details === undefined ? [] : [result.details])];
}

describe.skipIf(!python)(`checks against the emulator${reason}`, () => {
  beforeAll(async () => {
    const { AWS_CA_BUNDLE: _dropped, ...env } = process.env;
    emulator = spawn(python!, [emulatorFolder, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"], env });
    const [line] = (await once(createInterface({ input: emulator.stdout! }), "line")) as [string];
    endpoint = (JSON.parse(line) as { endpoint: string }).endpoint;
    const environment = {
      ...{ HOME: "/nowhere", AWS_ENDPOINT_URL: endpoint, AWS_REGION: REGION },
      ...{ AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_EC2_METADATA_DISABLED: "true" },
    };
    context = { environment, specFolder: folder, target: "emulator" };
    // What the SDK would find in the process itself must not count.
    process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9";
    process.env["AWS_PROFILE"] = "nobody";
  });
  afterAll(() => {
    delete process.env["AWS_ENDPOINT_URL"];
    delete process.env["AWS_PROFILE"];
    emulator?.kill("SIGTERM");
    rmSync(folder, { recursive: true });
  });

  describe("lambda", () => {
    const CODE = `
import json, os, time
def handler(event, context):
    print("asked", json.dumps(event, sort_keys=True), "by", os.environ["SECRET"])
    if "sleep" in event: time.sleep(event["sleep"])
    if "fail" in event: raise ValueError(event["fail"])
    return {"echo": event, "count": 2}
`;
    beforeAll(async () => {
      await makeRole();
      const client = new LambdaClient(clientOptions());
      const ZipFile = zipSync({ "main.py": strToU8(CODE) });
      const settings = { Role: ROLE, Handler: "main.handler", Code: { ZipFile }, Timeout: 10 };
      const Environment = { Variables: { SECRET: "hunter22" } };
      await client.send(
        new CreateFunctionCommand({ FunctionName: "echo", Runtime: "python3.13", Environment, ...settings }),
      );
      await client.send(new CreateFunctionCommand({ FunctionName: "java", Runtime: "java21", ...settings }));
      client.destroy();
    });

    const secrets = { ...NOTHING_KNOWN, variables: new Map([["secret", "hunter22"]]) };
    const word = computed({ kind: "variable", name: "secret", range: NOWHERE });
    const lambda = async (settings: object, more: object = {}) => {
      const check = checkOf("lambda", { function: "echo", ...settings }, { timeoutSeconds: 20, ...more });
      return runCheck(check, secrets, context);
    };

    test.each<[object, string]>([
      [{}, "function 'echo' answered"],
      [{ payload: { a: 1 }, expect: { functionError: null } }, "function 'echo' answered"],
      [
        {
          payload: { a: [1, 12345678901234567890n] },
          expect: { json: { "echo.a.0": 1, "echo.a.1": 12345678901234567890n, count: 2 } },
        },
        "function 'echo' answered, as was due",
      ],
      [
        { payload: { fail: "on purpose" }, expect: { functionError: "ValueError" } },
        "function 'echo' failed with ValueError: on purpose, as was due",
      ],
      [
        { payload: { fail: "x" }, expect: { functionError: "Unhandled", json: { errorMessage: "x" } } },
        "function 'echo' failed with ValueError: x, as was due",
      ],
    ])("passes: %o", async (settings, message) => {
      expect(await lambda(settings)).toEqual({
        ...{ name: "it", kind: "lambda", status: "passed", message, attempts: 1 },
        ...{ seconds: expect.any(Number), ranAs: "local process" },
      });
    });

    test.each<[object, string]>([
      [{ payload: { fail: "no such table" } }, "function 'echo' failed with ValueError: no such table"],
      [{ payload: { fail: word } }, "function 'echo' failed with ValueError: (sensitive)"],
      [
        { payload: { fail: "x" }, expect: { functionError: "KeyError" } },
        "function 'echo' failed with ValueError: x, and the error 'KeyError' was due",
      ],
      [
        { payload: {}, expect: { functionError: "KeyError" } },
        "function 'echo' answered, and the error 'KeyError' was due",
      ],
      [
        { payload: {}, expect: { json: { count: 3 } } },
        "function 'echo' answered, but in its answer 'count' is 2, and 3 was due",
      ],
      [
        { payload: {}, expect: { json: { "echo.a": 3 } } },
        "function 'echo' answered, but in its answer there is no 'echo.a'",
      ],
    ])("fails with the end of the log: %o", async (settings, message) => {
      const result = await lambda({ ...settings, keep: word });
      expect([result.status, result.message]).toEqual(["failed", message]);
      expect(result.details).toMatch(/^START RequestId: /);
      expect(result.details).toMatch(/\nasked .* by \(sensitive\)\n/);
    });

    test("says that there is no such function, that it took too long, and what cannot be emulated", async () => {
      const missing = await lambda({ function: "absent" });
      expect(missing.message).toMatch(
        /^function 'absent' could not be invoked: ResourceNotFoundException: Function not found: arn:aws:lambda:.*:function:absent/,
      );
      expect((await lambda({ payload: { sleep: 5 } }, { timeoutSeconds: 0.5 })).message).toBe(
        "function 'echo' did not answer within 0.5 s",
      );
      const { status, message } = await lambda({ function: "java" });
      expect([status, message]).toEqual([
        "skipped",
        "The emulator runs zips of python* and nodejs* only; 'java' is: java21",
      ]);
    });
  });

  describe("glue", () => {
    let glue: GlueClient;
    const SCRIPT = `
import sys, time
from awsglue.utils import getResolvedOptions
mode = getResolvedOptions(sys.argv, ["mode"])["mode"]
if mode == "fail": raise ValueError("no such table")
if mode == "slow": time.sleep(60)
if mode == "while": time.sleep(2)
`;
    beforeAll(async () => {
      glue = new GlueClient(clientOptions());
      const s3 = new S3Client(clientOptions());
      await s3.send(
        new CreateBucketCommand({
          Bucket: "code",
          CreateBucketConfiguration: { LocationConstraint: REGION },
        }),
      );
      await s3.send(new PutObjectCommand({ Bucket: "code", Key: "job.py", Body: SCRIPT }));
      s3.destroy();
      const job = { Role: ROLE, ExecutionProperty: { MaxConcurrentRuns: 1 } };
      const ScriptLocation = "s3://code/job.py";
      await glue.send(
        new CreateJobCommand({ Name: "shell", Command: { Name: "pythonshell", ScriptLocation }, ...job }),
      );
      await glue.send(
        new CreateJobCommand({ Name: "spark", Command: { Name: "glueetl", ScriptLocation }, ...job }),
      );
    });
    afterAll(() => glue.destroy());

    const run = (mode: string, settings: object = {}, more: object = {}) =>
      seen("glue", { job: "shell", arguments: { "--mode": mode }, ...settings }, more);

    test("runs a job to its end", async () => {
      expect(await run("well")).toEqual(["passed", "job 'shell' ended as SUCCEEDED"]);
      expect(await run("well", { arguments: { mode: "well" } })).toEqual([
        "passed",
        "job 'shell' ended as SUCCEEDED",
      ]);
      expect(await run("fail", { expect: "FAILED" })).toEqual([
        "passed",
        "job 'shell' ended as FAILED: ValueError: no such table",
      ]);
    });

    test("says how else it ended, and why", async () => {
      expect(await run("fail")).toEqual([
        "failed",
        "job 'shell' ended as FAILED, and SUCCEEDED was due: ValueError: no such table",
        expect.stringMatching(/^run jr_\w+; its log is in the log group '\/aws-glue\/python-jobs'$/),
      ]);
      expect(await run("well", { expect: "FAILED" })).toEqual([
        "failed",
        "job 'shell' ended as SUCCEEDED, and FAILED was due",
        expect.stringMatching(/^run jr_/),
      ]);
      const [status, message] = await run("well", { job: "absent" });
      expect(status).toBe("failed");
      expect(message).toMatch(/^job 'absent' could not be run: EntityNotFoundException: /);
    });

    test("stops a run that takes too long, so that it is not in the way of the next", async () => {
      expect(await run("slow", {}, { timeoutSeconds: 3 })).toEqual([
        "failed",
        "job 'shell' did not end within 3 s: its run is RUNNING, and was told to stop",
        expect.stringMatching(/^run jr_/),
      ]);
      expect(await run("well")).toEqual(["passed", "job 'shell' ended as SUCCEEDED"]);
      const { JobRuns } = await glue.send(new GetJobRunsCommand({ JobName: "shell" }));
      expect(JobRuns?.map(({ JobRunState }) => JobRunState)).toContain("STOPPED");
    });

    test("waits for runs of others to end", async () => {
      const start = (mode: string) =>
        glue.send(new StartJobRunCommand({ JobName: "shell", Arguments: { "--mode": mode } }));
      await start("while");
      expect(await run("well")).toEqual(["passed", "job 'shell' ended as SUCCEEDED"]);
      const { JobRunId = "" } = await start("slow");
      expect(await run("well", {}, { timeoutSeconds: 2 })).toEqual([
        "failed",
        "job 'shell' could not be started within 2 s: as many runs of it as may be are under way",
      ]);
      await glue.send(new BatchStopJobRunCommand({ JobName: "shell", JobRunIds: [JobRunId] }));
    });

    test("says that the emulator does no work for Spark", async () => {
      expect(await run("well", { job: "spark" })).toEqual([
        "skipped",
        "the emulator does no work for jobs of kind 'glueetl', such as 'spark'",
      ]);
    });
  });

  describe("s3", () => {
    let s3: S3Client;
    beforeAll(async () => {
      s3 = new S3Client(clientOptions());
      const CreateBucketConfiguration = { LocationConstraint: REGION } as const;
      for (const Bucket of ["raw", "open", "kept"])
        await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
      const Enabled = { Status: "Enabled" } as const;
      await s3.send(new PutBucketVersioningCommand({ Bucket: "kept", VersioningConfiguration: Enabled }));
      const statement = {
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::open/*",
      };
      const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
      await s3.send(new PutBucketPolicyCommand({ Bucket: "open", Policy }));
      await s3.send(
        new PutObjectCommand({ Bucket: "raw", Key: "counts.json", Body: '{"b": 2.0, "a": {"x": [1, 2]}}' }),
      );
      await s3.send(new PutObjectCommand({ Bucket: "raw", Key: "text", Body: "one\ntwo\n" }));
      writeFileSync(join(folder, "same.json"), '{"a":{"x":[1,2]},"b":2}');
      writeFileSync(join(folder, "other.json"), '{"a":{"x":[1,3]},"b":2}');
      writeFileSync(join(folder, "more.json"), '{"a":{"x":[1,2],"y":0},"b":2}');
      writeFileSync(join(folder, "text"), "one\ntwo\n");
      writeFileSync(join(folder, "longer"), "one\ntwo\nthree\n");
    });
    afterAll(() => s3.destroy());

    const versionsOf = async (Bucket: string) => {
      const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
      return [...(Versions ?? []), ...(DeleteMarkers ?? [])].map(({ Key }) => Key);
    };

    test("writes, reads back and removes an object, and leaves nothing, not even a version", async () => {
      expect(await runCheck(checkOf("s3", { bucket: "kept" }), NOTHING_KNOWN, context)).toEqual({
        ...{
          name: "it",
          kind: "s3",
          status: "passed",
          attempts: 1,
          seconds: expect.any(Number),
          ranAs: "emulator",
        },
        message: "bucket 'kept' took an object, gave it back and removed it",
      });
      expect(await versionsOf("kept")).toEqual([]);
    });

    test("sees whether a reader without credentials is refused", async () => {
      expect(await seen("s3", { bucket: "raw", private: true })).toEqual([
        "passed",
        "bucket 'raw' took an object, gave it back and removed it, and refused a reader without credentials",
      ]);
      expect(await seen("s3", { bucket: "raw", key: "text", contains: "two", private: true })).toEqual([
        "passed",
        `'text' in bucket 'raw' holds "two", and refused a reader without credentials`,
      ]);
      const [status, message] = await seen("s3", { bucket: "open", private: true });
      expect(status).toBe("failed");
      expect(message).toMatch(
        /^bucket 'open' is not private: a reader without credentials can read '\.platc\/check-[0-9a-f-]{36}'$/,
      );
      expect(await versionsOf("open")).toEqual([]);
    });

    test.each<[object, string, ...string[]]>([
      [{ key: "counts.json" }, "passed", "'counts.json' in bucket 'raw' has 30 bytes"],
      [
        { key: "counts.json", equals: "same.json" },
        "passed",
        "'counts.json' in bucket 'raw' is as 'same.json'",
      ],
      [{ key: "text", equals: "text" }, "passed", "'text' in bucket 'raw' is as 'text'"],
      [{ key: "text", contains: "two" }, "passed", `'text' in bucket 'raw' holds "two"`],
      [
        { key: "counts.json", equals: "other.json" },
        "failed",
        "'counts.json' in bucket 'raw' is not as 'other.json': 'a.x.1' is 2, and 3 was due",
        '{"b": 2.0, "a": {"x": [1, 2]}}',
      ],
      [
        { key: "counts.json", equals: "more.json" },
        "failed",
        "'counts.json' in bucket 'raw' is not as 'more.json': it has no 'a.y'",
        '{"b": 2.0, "a": {"x": [1, 2]}}',
      ],
      [
        { key: "text", equals: "longer" },
        "failed",
        "'text' in bucket 'raw' is not as 'longer': they differ from byte 8 on (8 bytes, and 14 were due)",
        "one\ntwo",
      ],
      [{ key: "text", contains: "six" }, "failed", `'text' in bucket 'raw' does not hold "six"`, "one\ntwo"],
      [{ key: "absent" }, "failed", "there is no 'absent' in bucket 'raw'"],
      [
        { key: "text", equals: "absent" },
        "failed",
        "there is no file 'absent' beside the spec that can be read",
      ],
      [{ equals: "text" }, "failed", "'equals' needs a 'key': the object to look at"],
      [{ bucket: "nowhere" }, "failed", "there is no bucket 'nowhere'"],
      [{ bucket: "nowhere", key: "text" }, "failed", "there is no bucket 'nowhere'"],
    ])("looks at what an object holds: %o", async (settings, ...due) => {
      expect(await seen("s3", { bucket: "raw", ...settings })).toEqual(due);
    });

    test("says that nobody answers, and that no region is known", async () => {
      const { environment } = context;
      const dead = { ...environment, AWS_ENDPOINT_URL: `http://127.0.0.1:${await closedPort()}` };
      expect(await seen("s3", { bucket: "raw", key: "text" }, {}, { environment: dead })).toEqual([
        "failed",
        "cannot read 'text' in bucket 'raw': it refused the connection",
      ]);
      const nowhere = { ...environment, AWS_ENDPOINT_URL: undefined, AWS_REGION: undefined };
      expect(await seen("s3", { bucket: "raw" }, {}, { environment: nowhere })).toEqual([
        "failed",
        "no AWS region is known: set AWS_REGION",
      ]);
    });

    test("removes what it wrote also where it cannot be read back", async () => {
      await withFakeS3(
        (method) => (method === "GET" ? 403 : 200),
        async (environment, asked) => {
          const [status, message] = await seen("s3", { bucket: "b" }, {}, { environment });
          expect(status).toBe("failed");
          expect(message).toMatch(
            /^cannot read '\.platc\/check-[0-9a-f-]{36}' in bucket 'b': AccessDenied: no$/,
          );
          expect(asked.map(({ method }) => method)).toEqual(["PUT", "GET", "DELETE"]);
        },
      );
    });

    test("comes as nobody without a signature, and takes only a refusal for one", async () => {
      await withFakeS3(
        (_, isSigned) => (isSigned ? 200 : 404),
        async (environment, asked) => {
          expect(await seen("s3", { bucket: "b", private: true }, {}, { environment })).toEqual([
            "failed",
            "bucket 'b' does not refuse a reader without credentials: AccessDenied: no",
          ]);
          const isSigned = asked.map(
            ({ method, headers }) => `${method} ${headers.authorization !== undefined}`,
          );
          expect(isSigned).toEqual(["PUT true", "GET true", "GET false", "DELETE true"]);
        },
      );
    });
  });
});

type Asked = { readonly method: string; readonly headers: IncomingHttpHeaders };

/** Something that speaks like S3 and gives back what was put, or an error, as it is told. */
async function withFakeS3(
  statusOf: (method: string, isSigned: boolean) => number,
  work: (environment: CheckContext["environment"], asked: readonly Asked[]) => Promise<void>,
): Promise<void> {
  const asked: Asked[] = [];
  let body = Buffer.alloc(0);
  const server = createServer((request, response) => {
    const { method = "", headers } = request;
    asked.push({ method, headers });
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (method === "PUT") body = Buffer.concat(chunks);
      const status = statusOf(method, headers.authorization !== undefined);
      const error = "<Error><Code>AccessDenied</Code><Message>no</Message></Error>";
      response.writeHead(status).end(status === 200 ? (method === "GET" ? body : "") : error);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const there = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await work({ ...context.environment, AWS_ENDPOINT_URL: there }, asked);
  server.close();
  server.closeAllConnections();
}

const ROLE = "arn:aws:iam::123456789012:role/checks";

/** There is no client for IAM among our packages. */
async function makeRole(): Promise<void> {
  const form = new URLSearchParams({ Action: "CreateRole", Version: "2010-05-08", RoleName: "checks" });
  const service = {
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { Service: "lambda.amazonaws.com" },
  };
  form.set("AssumeRolePolicyDocument", JSON.stringify({ Version: "2012-10-17", Statement: [service] }));
  const authorization =
    "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=x";
  const answer = await fetch(endpoint, { method: "POST", headers: { authorization }, body: form });
  if (!answer.ok) throw new Error(`the emulator answered ${answer.status}: ${await answer.text()}`);
}

async function closedPort(): Promise<number> {
  const server = createTcpServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
