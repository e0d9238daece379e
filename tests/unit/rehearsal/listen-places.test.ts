import { existsSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { openListenPlaces } from "../../../src/rehearsal/listen-places.ts";

test("sockets lie in a folder that is the user's alone, and goes with them", async () => {
  const places = openListenPlaces("linux");
  const servers = [createServer(), createServer()];
  const [first, second] = await Promise.all(servers.map(places.listen));
  expect(first!.network).toBe("unix");
  expect(second!.address).not.toBe(first!.address);
  const folder = dirname(first!.address);
  expect(statSync(folder).mode & 0o077).toBe(0);
  for (const server of servers) server.close();
  places.close();
  expect(existsSync(folder)).toBe(false);
});

test("on Windows they are ports of the loopback device", async () => {
  const places = openListenPlaces("win32");
  const server = createServer();
  expect(await places.listen(server)).toEqual({
    network: "tcp",
    address: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
  });
  server.close();
  places.close();
});
