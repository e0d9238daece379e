import { type AddressInfo, createServer, type Server } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runTcpCheck } from "../../../src/checks/tcp-check.ts";
import { runCheck } from "../../../src/checks/run-check.ts";
import { checkOf, contextOf, NOTHING_KNOWN } from "./check-fixtures.ts";

let server: Server;
let open: number;
let closed: number;

beforeAll(async () => {
  const listen = async () => {
    const made = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await new Promise((resolve) => made.once("listening", resolve));
    return made;
  };
  const gone = await listen();
  closed = (gone.address() as AddressInfo).port;
  server = await listen();
  open = (server.address() as AddressInfo).port;
  await new Promise((resolve) => gone.close(resolve));
});
afterAll(() => server.close());

const check = async (settings: object) => {
  const { status, message } = await runCheck(
    checkOf("tcp", { host: "127.0.0.1", ...settings }),
    NOTHING_KNOWN,
    contextOf(),
  );
  return [status, message];
};

test("tells an open port from a closed one", async () => {
  expect(await check({ port: open })).toEqual(["passed", `port ${open} of '127.0.0.1' is open`]);
  expect(await check({ port: String(open), expect: "closed" })).toEqual([
    "failed",
    `port ${open} of '127.0.0.1' is open, and was to be closed`,
  ]);
  expect(await check({ port: closed })).toEqual([
    "failed",
    `port ${closed} of '127.0.0.1' is closed, and was to be open: it refused the connection`,
  ]);
  expect(await check({ port: closed, expect: "closed" })).toEqual([
    "passed",
    `port ${closed} of '127.0.0.1' is closed: it refused the connection`,
  ]);
});

test("a port that does not answer is closed too", async () => {
  const attempt = (expected: string) => ({
    settings: new Map([
      ["host", "127.0.0.1"],
      ["port", String(open)],
      ["expect", expected],
    ]),
    ...{ context: contextOf(), signal: AbortSignal.abort(), timeoutSeconds: 5, redact: String },
  });
  expect(await runTcpCheck(attempt("closed"))).toEqual({
    status: "passed",
    message: `port ${open} of '127.0.0.1' is closed: it did not answer within 5 s`,
  });
  expect(await runTcpCheck(attempt("open"))).toEqual({
    status: "failed",
    message: `port ${open} of '127.0.0.1' is closed, and was to be open: it did not answer within 5 s`,
  });
});

test("a name that is not known proves nothing", async () => {
  const [status, message] = await check({ host: "nowhere.invalid", port: 80, expect: "closed" });
  expect(status).toBe("failed");
  expect(message).toMatch(
    /^port 80 of 'nowhere\.invalid' could not be tried: the name 'nowhere\.invalid' (is not known|could not be looked up)$/,
  );
});

test.each([0, 65536, "http", 1.5])("takes no port %s", async (port) => {
  expect(await check({ port })).toEqual([
    "failed",
    `'port' must be a number from 1 to 65535, and is '${port}'`,
  ]);
});
