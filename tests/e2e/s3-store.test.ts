import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createServer as createTcpServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lockHolder } from "../../src/stores/lock-holder.ts";
import { type ObjectStore, textOf } from "../../src/stores/object-store.ts";
import { openStore } from "../../src/stores/open-store.ts";
import { StoreConflictError, StoreError, StoreMissingError } from "../../src/stores/store-error.ts";

const hasMoto = isOnPath("moto_server");

describe.skipIf(!hasMoto)(
  `the s3 store against moto${hasMoto ? "" : " (skipped: moto_server is not on PATH)"}`,
  () => {
    let moto: ChildProcess;
    let endpoint: string;
    let store: ObjectStore;

    const environment = () => ({
      ...{ HOME: "/nowhere", AWS_ENDPOINT_URL: endpoint, AWS_REGION: "eu-west-1" },
      ...{ AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
    });
    const open = (config: Record<string, unknown>, more: Record<string, string | undefined> = {}) =>
      openStore({ type: "s3", config }, { ...environment(), ...more }, "/p");

    beforeAll(async () => {
      const port = await freePort();
      endpoint = `http://127.0.0.1:${port}`;
      moto = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
      await untilAnswers(endpoint);
      await makeBucket(endpoint, "states");
      store = await open({ bucket: "states" });
      // What the SDK would find in the process itself must not count.
      process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9";
      process.env["AWS_PROFILE"] = "nobody";
    });
    afterAll(() => {
      delete process.env["AWS_ENDPOINT_URL"];
      delete process.env["AWS_PROFILE"];
      moto?.kill("SIGKILL");
    });

    test("reads what it wrote, bytes and all, and knows what is not there", async () => {
      const bytes = new Uint8Array([0, 255, 10, 13]);
      const version = await store.write("a.bin", bytes);
      const object = await store.read("a.bin");
      expect([...object!.bytes]).toEqual([...bytes]);
      expect(object!.version).toBe(version);
      expect(await store.head("a.bin")).toBe(version);
      expect(await store.read("absent")).toBeUndefined();
      expect(await store.head("absent")).toBeUndefined();
      await store.remove("absent");
      expect(store.location).toBe("s3://states");
      expect(await store.exists()).toBe(true);
    });

    test("holds to its conditions", async () => {
      const first = await store.write("c", "1", { ifAbsent: true });
      await expect(store.write("c", "2", { ifAbsent: true })).rejects.toThrow(StoreConflictError);
      const second = await store.write("c", "2", { ifVersion: first });
      await expect(store.write("c", "3", { ifVersion: first })).rejects.toThrow(
        "s3://states: 'c' was changed by somebody else in the meantime",
      );
      await expect(store.remove("c", { ifVersion: first })).rejects.toThrow(StoreConflictError);
      await store.remove("c", { ifVersion: second });
      await expect(store.write("c", "3", { ifVersion: second })).rejects.toThrow(StoreConflictError);
      expect(await store.read("c")).toBeUndefined();
    });

    test("of sixteen that write at once, one wins", async () => {
      const version = await store.write("race", "0");
      const all = await Promise.allSettled(
        Array.from({ length: 16 }, (_, i) => store.write("race", `writer ${i}`, { ifVersion: version })),
      );
      const won = all.flatMap((result, i) => (result.status === "fulfilled" ? [i] : []));
      const lost = all.filter(
        (result) => result.status === "rejected" && result.reason instanceof StoreConflictError,
      );
      expect([won.length, lost.length]).toEqual([1, 15]);
      expect(textOf((await store.read("race"))!)).toBe(`writer ${won[0]}`);
    });

    test("lists more than a thousand keys, by code point", async () => {
      const keys = Array.from({ length: 1203 }, (_, i) => `many/${String(i).padStart(5, "0")}.json`);
      await inTurns(keys, 8, (key) => store.write(key, "{}"));
      await store.write("manyfold", "");
      expect(await store.list("many/")).toEqual(keys);
    });

    test.each(["ü/Söhne & Töchter", "日本/😀", "a b+c%20d", "q?x=1#y", "<x>'\"", "trailing /x"])(
      "takes the key %s",
      async (key) => {
        const version = await store.write(`odd/${key}`, key, { ifAbsent: true });
        expect(textOf((await store.read(`odd/${key}`))!)).toBe(key);
        expect(await store.list("odd/")).toEqual([`odd/${key}`]);
        await store.remove(`odd/${key}`, { ifVersion: version });
        expect(await store.list("odd/")).toEqual([]);
      },
    );

    test("tells a bucket that is not there from a key that is not there", async () => {
      const missing = await open({ bucket: "nowhere" });
      expect(await missing.exists()).toBe(false);
      await expect(missing.read("k")).rejects.toThrow(StoreMissingError);
      await expect(missing.list("")).rejects.toThrow(StoreMissingError);
      await expect(missing.write("k", "", { ifAbsent: true })).rejects.toThrow(
        "s3://nowhere: it does not exist yet; 'platc bootstrap' makes it",
      );
    });

    test("sends the encryption that the backend asks for", async () => {
      await withRecorder(async (address, requests) => {
        const block = { bucket: "states", encrypt: true, endpoints: { s3: address } };
        await (await open(block)).write("k", "x");
        await (await open({ ...block, kms_key_id: "alias/k" })).write("k", "x");
        expect(requests.map((request) => request.headers["x-amz-server-side-encryption"])).toEqual([
          "AES256",
          "aws:kms",
        ]);
        expect(requests[1]?.headers["x-amz-server-side-encryption-aws-kms-key-id"]).toBe("alias/k");
        expect(requests[0]?.url).toBe("/states/k?x-id=PutObject");
      });
    });

    test("a lost answer is no conflict with ourselves, but one with another is", async () => {
      const before = { ETag: '"then"' };
      await withRecorder(
        async (address) => {
          const flaky = await open({ bucket: "states", endpoints: { s3: address } });
          expect(await flaky.write("mine", "mine", { ifVersion: before.ETag })).toBe('"now"');
          await expect(flaky.write("mine", "other", { ifVersion: before.ETag })).rejects.toThrow(
            StoreConflictError,
          );
        },
        (request, puts) =>
          request.method === "GET" ? [200, "mine"] : puts % 2 === 1 ? [503, ""] : [412, ""],
      );
    });

    test("takes profile, keys and role from the given environment and files", async () => {
      const home = await mkdtemp(join(tmpdir(), "platc-aws-"));
      const configFile = join(home, "config");
      const credentialsFile = join(home, "credentials");
      await writeFile(credentialsFile, "[work]\naws_access_key_id = FROMFILE\naws_secret_access_key = x\n");
      await writeFile(configFile, "[profile work]\nregion = ap-northeast-2\ns3 =\n  max_queue_size = 1\n");
      await withRecorder(async (address, requests) => {
        const files = { AWS_CONFIG_FILE: configFile, AWS_SHARED_CREDENTIALS_FILE: credentialsFile };
        const keyless = {
          AWS_ACCESS_KEY_ID: undefined,
          AWS_SECRET_ACCESS_KEY: undefined,
          AWS_REGION: undefined,
        };
        const block = { bucket: "states", endpoints: { s3: address, sts: endpoint } };
        const ways = [
          await open(block, { ...files, ...keyless, AWS_PROFILE: "work" }),
          await open({ ...block, profile: "work" }, files),
          await open({ ...block, access_key: "INBLOCK", secret_key: "x", region: "us-west-2" }),
          await open({
            ...block,
            assume_role: { role_arn: "arn:aws:iam::123456789012:role/states", duration: "1h" },
          }),
        ];
        for (const way of ways) await way.write("k", "");
        const signers = requests.map(({ headers }) =>
          /Credential=(\w+)\/\d+\/([\w-]+)/.exec(headers.authorization!),
        );
        expect(signers.map((signer) => [signer?.[1]?.slice(0, 4), signer?.[2]])).toEqual([
          ["FROM", "ap-northeast-2"],
          ["FROM", "eu-west-1"],
          ["INBL", "us-west-2"],
          ["ASIA", "eu-west-1"],
        ]);
      });
      await rm(home, { recursive: true });
    });

    test("says in one sentence that nobody answers", async () => {
      const dead = await open(
        { bucket: "b", max_retries: 1 },
        { AWS_ENDPOINT_URL: `http://127.0.0.1:${await freePort()}` },
      );
      await expect(dead.exists()).rejects.toThrow(/^s3:\/\/b: cannot reach the bucket: .*ECONNREFUSED/);
      await expect(dead.exists()).rejects.toThrow(StoreError);
    });

    test("works in the bundle too, where a lazily loaded CommonJS package has no named exports", async () => {
      const folder = await mkdtemp(join(tmpdir(), "platc-bundled-"));
      const source = `
      import { openStore } from "../../src/stores/open-store.ts";
      const store = await openStore({ type: "s3", config: { bucket: "states" } }, process.env, "/p");
      console.log(await store.exists());`;
      await build({
        stdin: { contents: source, resolveDir: import.meta.dirname, loader: "ts" },
        ...{ outdir: folder, outExtension: { ".js": ".mjs" }, bundle: true, splitting: true, format: "esm" },
        ...{ platform: "node", target: "node20", logLevel: "error", banner: { js: REQUIRE } },
      });
      const run = promisify(execFile);
      const node = (env: Record<string, string>) =>
        run(process.execPath, [join(folder, "stdin.mjs")], { env });
      expect(await node(environment())).toEqual({ stdout: "true\n", stderr: "" });
      const keyless = { AWS_ENDPOINT_URL: endpoint, AWS_EC2_METADATA_DISABLED: "true", HOME: "/nowhere" };
      await expect(node(keyless)).rejects.toThrow(
        "cannot reach the bucket: no credentials for AWS were found",
      );
      await rm(folder, { recursive: true });
    });

    test("sees the lock that Terraform's s3 backend takes", async () => {
      const backend = { type: "s3", config: { bucket: "states", use_lockfile: true } };
      await store.write("d/k.tflock", '{"ID":"1","Who":"root@vm","Operation":"OperationTypePlan"}');
      expect(await lockHolder(store, backend, "d/k")).toMatchObject({
        status: "held",
        holder: { id: "1", who: "root@vm" },
      });
    });
  },
);

/** As build.mjs puts it in front. */
const REQUIRE = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;

function isOnPath(command: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${command}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilAnswers(endpoint: string): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(200))
    if (
      await fetch(endpoint).then(
        () => true,
        () => false,
      )
    )
      return;
  throw new Error("moto_server did not start within 60 s");
}

async function makeBucket(endpoint: string, bucket: string): Promise<void> {
  const answer = await fetch(`${endpoint}/${bucket}`, { method: "PUT" });
  if (!answer.ok) throw new Error(`moto answered ${answer.status}`);
}

async function inTurns<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

type Recorded = {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Record<string, string | undefined>;
};

/** Runs the work beside a server that keeps what it is asked, and answers 200 or what it is told. */
async function withRecorder(
  work: (address: string, requests: Recorded[]) => Promise<void>,
  answer: (request: Recorded, puts: number) => readonly [number, string] = () => [200, ""],
): Promise<void> {
  const requests: Recorded[] = [];
  let puts = 0;
  const server: Server = createServer((request, response) => {
    const recorded = {
      method: request.method,
      url: request.url,
      headers: request.headers as Recorded["headers"],
    };
    requests.push(recorded);
    const [status, body] = answer(recorded, request.method === "PUT" ? ++puts : puts);
    request.resume().on("end", () => response.writeHead(status, { ETag: '"now"' }).end(body));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
