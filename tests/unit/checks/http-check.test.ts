import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCheck } from "../../../src/checks/run-check.ts";
import { computed } from "../../../src/templates/value.ts";
import { checkOf, contextOf, NOTHING_KNOWN, NOWHERE } from "./check-fixtures.ts";

let server: Server;
let at: string;
let last: IncomingMessage & { body?: string };

const ANSWERS: Record<string, RequestListener> = {
  "/ok": (_, response) => response.end("all is well\n"),
  "/made": (_, response) => response.writeHead(201).end(),
  "/down": (_, response) => response.writeHead(503).end("\u001b[31mout of order\u001b[0m\n"),
  "/login": (_, response) => response.writeHead(302, { location: "https://sso.example.com/" }).end(),
  "/json": (_, response) =>
    response.end('{"status":"up","nodes":[{"id":1,"a.b":[2.0]}],"n":12345678901234567890}'),
  "/zipped": (_, response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("all is well\n")),
  "/badly-zipped": (_, response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end("all is well\n"),
  "/cut": (_, response) => response.write("x", () => response.destroy()),
};

beforeAll(async () => {
  server = createServer((request, response) => {
    last = request;
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      last.body = Buffer.concat(chunks).toString();
      ANSWERS[request.url ?? ""]?.(request, response);
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const check = (settings: object, more: object = {}) =>
  runCheck(checkOf("http", settings, more), NOTHING_KNOWN, contextOf());

test.each<[string, object, string]>([
  ["/ok", {}, "GET AT/ok answered 200"],
  ["/ok", { contains: "is well" }, "GET AT/ok answered 200"],
  ["/zipped", { contains: "is well" }, "GET AT/zipped answered 200"],
  ["/zipped", { method: "HEAD" }, "HEAD AT/zipped answered 200"],
  ["/ok", { method: "HEAD" }, "HEAD AT/ok answered 200"],
  ["/made", { method: "POST", body: "{}", status: [200, 201] }, "POST AT/made answered 201"],
  ["/login", { status: 302 }, "GET AT/login answered 302"],
  [
    "/json",
    {
      json: {
        status: "up",
        "nodes.0.id": 1.0,
        "nodes.0.a.b.0": 2,
        nodes: [{ id: 1, "a.b": [2] }],
        n: 12345678901234567890n,
      },
    },
    "GET AT/json answered 200",
  ],
])("passes: %s %o", async (path, settings, message) => {
  expect(await check({ url: at + path, ...settings })).toEqual({
    ...{ name: "it", kind: "http", status: "passed", message: message.replace("AT", at) },
    ...{ attempts: 1, seconds: expect.any(Number), ranAs: "cloud" },
  });
});

test.each<[string, object, string, string?]>([
  ["/down", {}, "GET AT/down answered 503, and 200 was due", "out of order"],
  ["/down", { status: [200, 204] }, "GET AT/down answered 503, and 200 or 204 was due", "out of order"],
  ["/login", {}, "GET AT/login answered 302 (a redirect to https://sso.example.com/), and 200 was due"],
  [
    "/ok",
    { contains: "is bad" },
    'GET AT/ok answered 200, but its body does not hold "is bad"',
    "all is well",
  ],
  ["/ok", { json: { a: 1 } }, "GET AT/ok answered 200, but its body is no JSON", "all is well"],
  [
    "/json",
    { json: { status: "down" } },
    `GET AT/json answered 200, but in its body 'status' is "up", and "down" was due`,
    expect.any(String),
  ],
  [
    "/json",
    { json: { "nodes.1.id": 1 } },
    "GET AT/json answered 200, but in its body there is no 'nodes.1.id'",
    expect.any(String),
  ],
  ["/cut", {}, "GET AT/cut was not answered: it closed the connection"],
  ["/badly-zipped", {}, "GET AT/badly-zipped was not answered: incorrect header check"],
])("fails: %s %o", async (path, settings, message, details) => {
  const result = await check({ url: at + path, ...settings });
  expect([result.status, result.message, result.details]).toEqual([
    "failed",
    message.replace("AT", at),
    details,
  ]);
});

test("sends method, headers and body, and the login of a URL as a header", async () => {
  const url = at.replace("//", "//me:p%40ss@");
  const result = await check({ url: `${url}/ok`, method: "PUT", headers: { "x-one": "1" }, body: "hello" });
  expect(result.message).toBe(`PUT ${at}/ok answered 200`);
  expect([last.method, last.headers["x-one"], last.headers.authorization, last.body]).toEqual([
    "PUT",
    "1",
    `Basic ${Buffer.from("me:p@ss").toString("base64")}`,
    "hello",
  ]);
});

test("sends to a port that browsers refuse", async () => {
  const [port, blocked] = await listenOnOneOf([6667, 6000, 5060, 10080]);
  const url = `http://127.0.0.1:${port}/`;
  await expect(fetch(url)).rejects.toMatchObject({ cause: { message: "bad port" } });
  expect((await check({ url, contains: "well" })).message).toBe(`GET ${url} answered 200`);
  blocked.close();
});

test("waits no longer than it may", async () => {
  const result = await check({ url: `${at}/never` }, { timeoutSeconds: 0.2 });
  expect(result.message).toBe(`GET ${at}/never was not answered within 0.2 s`);
});

test.each([
  [{ url: "example.com" }, `'url' must be an http or https URL, and is "example.com"`],
  [{ url: "ftp://example.com" }, `'url' must be an http or https URL, and is "ftp://example.com"`],
  [{}, "'url' must be text, and is not there"],
  [{ url: "http://x", status: "ok" }, `'status' must be a whole number, and is "ok"`],
  [{ url: "http://x", json: [] }, "'json' must be a map, and is a list"],
])("does not try again what cannot be: %j", async (settings, message) => {
  const result = await check(settings, { attempts: 3 });
  expect([result.status, result.message, result.attempts]).toEqual(["failed", message, 1]);
});

test("shows a URL as it was written, without a login", async () => {
  const port = await closedPort();
  const { message } = await check({ url: `http://me:pw@127.0.0.1:${port}?q=a b` });
  expect(message).toBe(`GET http://127.0.0.1:${port}?q=a b was not answered: it refused the connection`);
});

test("says that nobody listens, and that a name is not known", async () => {
  const port = await closedPort();
  expect((await check({ url: `http://127.0.0.1:${port}/` })).message).toBe(
    `GET http://127.0.0.1:${port}/ was not answered: it refused the connection`,
  );
  expect((await check({ url: "http://nowhere.invalid/" })).message).toMatch(
    /^GET http:\/\/nowhere\.invalid\/ was not answered: the name 'nowhere\.invalid' (is not known|could not be looked up)$/,
  );
});

const canMakeCertificates = hasOpenssl();

describe.skipIf(!canMakeCertificates)(
  `TLS${canMakeCertificates ? "" : " (skipped: openssl is not on PATH)"}`,
  () => {
    test("says what is wrong with a certificate, and that there is none", async () => {
      const folder = mkdtempSync(join(tmpdir(), "platc-tls-"));
      const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
      const options = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=localhost",
        "-days",
        "1",
      ];
      execFileSync("openssl", [...options, "-keyout", key, "-out", cert], { stdio: "ignore" });
      const secure = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }).listen(
        0,
        "127.0.0.1",
      );
      await new Promise((resolve) => secure.once("listening", resolve));
      const url = `https://127.0.0.1:${(secure.address() as AddressInfo).port}/`;
      expect((await check({ url })).message).toBe(
        `GET ${url} was not answered: its certificate is signed by itself`,
      );
      const plain = `${at.replace("http:", "https:")}/ok`;
      expect((await check({ url: plain })).message).toBe(
        `GET ${plain} was not answered: it does not speak TLS on this port`,
      );
      secure.close();
      rmSync(folder, { recursive: true });
    });
  },
);

test("keeps secrets out of message and details", async () => {
  const known = {
    ...NOTHING_KNOWN,
    variables: new Map([
      ["secret", "up"],
      ["word", "out of order"],
    ]),
  };
  const contains = computed({ kind: "variable", name: "word", range: NOWHERE });
  const check = checkOf("http", { url: `${at}/down`, contains, status: 503, json: { a: 1 } });
  const result = await runCheck(check, known, contextOf());
  expect([result.message, result.details]).toEqual([
    `GET ${at}/down answered 503, but its body is no JSON`,
    "(sensitive)",
  ]);
});

async function listenOnOneOf(ports: readonly number[]): Promise<[number, Server]> {
  for (const port of ports) {
    const server = createServer((_, response) => response.end("all is well"));
    const isOpen = await new Promise<boolean>((resolve) =>
      server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true)),
    );
    if (isOpen) return [port, server];
  }
  throw new Error(`another program holds each of ${ports.join(", ")}`);
}

async function closedPort(): Promise<number> {
  const once = createTcpServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => once.once("listening", resolve));
  const { port } = once.address() as AddressInfo;
  await new Promise((resolve) => once.close(resolve));
  return port;
}

function hasOpenssl(): boolean {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
