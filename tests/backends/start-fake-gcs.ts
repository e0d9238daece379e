import { spawn } from "node:child_process";
import { freePort } from "./free-port.ts";
import { untilListens } from "./until-listens.ts";

/** A fake-gcs-server of a test's own, with its objects in its memory. */
export interface StartedGcs {
  /** Such as `http://127.0.0.1:4443`. */
  readonly endpoint: string;
  readonly makeBucket: (name: string) => Promise<void>;
  readonly close: () => void;
}

export async function startFakeGcs(program: string): Promise<StartedGcs> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const place = [
    "-host",
    "127.0.0.1",
    "-port",
    String(port),
    "-external-url",
    endpoint,
    "-public-host",
    `127.0.0.1:${port}`,
  ];
  const flags = ["-scheme", "http", "-backend", "memory", "-log-level", "error"];
  const server = spawn(program, [...flags, ...place], { stdio: "ignore" });
  await untilListens(port, "fake-gcs-server");
  return {
    endpoint,
    makeBucket: async (name) => {
      const headers = { "content-type": "application/json" };
      const request = { method: "POST", headers, body: JSON.stringify({ name }) };
      const answer = await fetch(`${endpoint}/storage/v1/b?project=p`, request);
      if (!answer.ok) throw new Error(`fake-gcs-server answered ${answer.status}`);
    },
    close: () => void server.kill("SIGKILL"),
  };
}
