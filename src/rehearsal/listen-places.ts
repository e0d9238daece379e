import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where a server listens, as go-plugin names it. */
export interface ListenAddress {
  readonly network: "unix" | "tcp";
  /** The path of a socket, or host and port. */
  readonly address: string;
}

/** Gives servers a place to listen at. */
export interface ListenPlaces {
  readonly listen: (server: Server) => Promise<ListenAddress>;
  readonly close: () => void;
}

/** What all systems take as the path of a socket, with room for the name. */
const LONGEST_FOLDER = 85;

/**
 * Sockets in a folder that only the user can enter, since nothing else keeps other users of the machine out; where
 * there are none, or the temporary folder's path is too long for one, ports of the loopback device.
 */
export function openListenPlaces(os: string = process.platform): ListenPlaces {
  const folder = os === "win32" || tmpdir().length > LONGEST_FOLDER ? undefined : newFolder();
  let count = 0;
  return {
    async listen(server) {
      if (folder === undefined) return listenOnPort(server);
      const address = join(folder, String(++count));
      await started(server, () => server.listen(address));
      return { network: "unix", address };
    },
    close: () => folder !== undefined && rmSync(folder, { recursive: true, force: true }),
  };
}

/** Made for the user alone. */
function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "platc-"));
}

async function listenOnPort(server: Server): Promise<ListenAddress> {
  await started(server, () => server.listen(0, "127.0.0.1"));
  const { port } = server.address() as AddressInfo;
  return { network: "tcp", address: `127.0.0.1:${port}` };
}

function started(server: Server, listen: () => void): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.once("listening", done);
    listen();
  });
}
