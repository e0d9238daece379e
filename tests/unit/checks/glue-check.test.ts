import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { runGlueCheck } from "../../../src/checks/glue-check.ts";
import { contextOf } from "./check-fixtures.ts";

test("a job that others run is told as such, also where time is up while Glue is asked once more", async () => {
  const time = new AbortController();
  let asked = 0;
  const server = createServer((request, response) => {
    const [operation] = String(request.headers["x-amz-target"]).split(".").slice(-1);
    if (operation === "GetJob") return response.end('{"Job":{"Command":{"Name":"pythonshell"}}}');
    asked += 1;
    // The second question gets no answer.
    if (asked === 2) return time.abort();
    return response.writeHead(400).end('{"__type":"ConcurrentRunsExceededException"}');
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const environment = {
    ...{
      HOME: "/nowhere",
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    },
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
  const outcome = await runGlueCheck({
    settings: new Map([["job", "load"]]),
    context: contextOf({ target: "emulator", environment }),
    ...{ signal: time.signal, timeoutSeconds: 5, redact: String },
  });
  server.closeAllConnections();
  server.close();
  expect([asked, outcome]).toEqual([
    2,
    {
      status: "failed",
      message: "job 'load' could not be started within 5 s: as many runs of it as may be are under way",
    },
  ]);
});
