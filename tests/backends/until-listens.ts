import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Waits until somebody listens on a port of loopback. */
export async function untilListens(port: number, name: string): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(100)) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.end());
    });
    if (isThere) return;
  }
  throw new Error(`${name} did not start within 60 s`);
}
