import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { freePort } from "./free-port.ts";
import { untilListens } from "./until-listens.ts";

/** An Azurite of a test's own, with the blobs of one account in its memory. */
export interface StartedAzurite {
  readonly account: string;
  readonly accessKey: string;
  readonly port: number;
  readonly close: () => void;
}

const ACCOUNT = "lumendevstate";
const ACCESS_KEY = Buffer.from("the key of an account, in base64").toString("base64");

/** Starts Azurite on loopback; with a certificate it speaks TLS, and takes tokens of Entra without asking who signed them. */
export async function startAzurite(
  main: string,
  tls?: { readonly certificateFile: string; readonly keyFile: string },
): Promise<StartedAzurite> {
  const port = await freePort();
  const secure = tls ? ["--oauth", "basic", "--cert", tls.certificateFile, "--key", tls.keyFile] : [];
  const place = ["--inMemoryPersistence", "--blobHost", "127.0.0.1", "--blobPort", String(port)];
  const quiet = ["--silent", "--skipApiVersionCheck", "--disableTelemetry"];
  const server = spawn(process.execPath, [main, ...place, ...quiet, ...secure], {
    cwd: tmpdir(),
    env: { ...process.env, AZURITE_ACCOUNTS: `${ACCOUNT}:${ACCESS_KEY}` },
    stdio: "ignore",
  });
  await untilListens(port, "Azurite");
  return { account: ACCOUNT, accessKey: ACCESS_KEY, port, close: () => void server.kill("SIGKILL") };
}
