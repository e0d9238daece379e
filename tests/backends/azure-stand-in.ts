import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttpServer, type IncomingMessage } from "node:http";
import { Agent, createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ContainerClient,
  ContainerSASPermissions,
  generateBlobSASQueryParameters,
  type StoragePipelineOptions,
  StorageSharedKeyCredential,
} from "@azure/storage-blob";
import { type StartedAzurite, startAzurite } from "./start-azurite.ts";

/**
 * Azure as far as a state backend sees it: Azurite for the blobs of one account, with TLS and under its public names,
 * and a stand-in for where one signs in and for the resource manager. Terraform and platc reach it as they reach
 * Azure through the proxy of a company: HTTPS_PROXY and a certificate say where, and nothing else differs.
 */
export interface AzureStandIn {
  readonly account: string;
  readonly accessKey: string;
  /** The variables by which Terraform and platc find it. */
  readonly environment: Readonly<Record<string, string>>;
  /** The names of hosts that were asked for, and what was sent where one signs in. */
  readonly hosts: Set<string>;
  readonly signIns: URLSearchParams[];
  /** Reads, writes, deletes and lists in one container, for an hour. */
  readonly sasToken: (container: string) => string;
  readonly makeContainer: (name: string) => Promise<void>;
  readonly listBlobs: (container: string) => Promise<readonly string[]>;
  readonly close: () => void;
}

export async function openAzureStandIn(azurite: string): Promise<AzureStandIn> {
  const folder = mkdtempSync(join(tmpdir(), "platc-azure-"));
  const [certificateFile, keyFile] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  const names = ["*.blob.core.windows.net", "login.microsoftonline.com", "management.azure.com"];
  const alternatives = names.map((name) => `DNS:${name}`).join(",");
  const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=platc"];
  const files = ["-keyout", keyFile, "-out", certificateFile, "-addext", `subjectAltName=${alternatives}`];
  execFileSync("openssl", [...request, ...files], { stdio: "pipe" });
  const blobs = await startAzurite(azurite, { certificateFile, keyFile });
  const signIns: URLSearchParams[] = [];
  const services = createHttpsServer(
    { cert: readFileSync(certificateFile), key: readFileSync(keyFile) },
    (asked, answer) => {
      void bodyOf(asked).then((body) => {
        if (asked.url?.includes("/oauth2/")) signIns.push(new URLSearchParams(body));
        answer
          .writeHead(200, { "content-type": "application/json" })
          .end(JSON.stringify(answerTo(asked, blobs)));
      });
    },
  );
  await listening(services);
  const hosts = new Set<string>();
  const sockets = new Set<Socket>();
  const proxy = createHttpServer().on("connect", (asked: IncomingMessage, socket: Socket) => {
    const [host = ""] = (asked.url ?? "").split(":");
    hosts.add(host);
    const isBlob = host === `${blobs.account}.blob.core.windows.net`;
    if (!isBlob && !names.includes(host)) return void socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    const there = connect(isBlob ? blobs.port : (services.address() as AddressInfo).port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      there.pipe(socket).pipe(there);
    });
    for (const end of [socket, there]) {
      sockets.add(end);
      end.on("error", () => end.destroy()).on("close", () => sockets.delete(end));
    }
  });
  await listening(proxy);
  const containerOf = (name: string): ContainerClient => {
    const credential = new StorageSharedKeyCredential(blobs.account, blobs.accessKey);
    const agent = new Agent({ ca: readFileSync(certificateFile), checkServerIdentity: () => undefined });
    const url = `https://127.0.0.1:${blobs.port}/${blobs.account}/${name}`;
    return new ContainerClient(url, credential, { agent } as StoragePipelineOptions);
  };
  return {
    ...{ account: blobs.account, accessKey: blobs.accessKey, hosts, signIns },
    environment: {
      HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      SSL_CERT_FILE: certificateFile,
      NODE_EXTRA_CA_CERTS: certificateFile,
    },
    sasToken: (containerName) => {
      const credential = new StorageSharedKeyCredential(blobs.account, blobs.accessKey);
      const permissions = ContainerSASPermissions.parse("racwdl");
      const expiresOn = new Date(Date.now() + 3_600_000);
      return generateBlobSASQueryParameters({ containerName, permissions, expiresOn }, credential).toString();
    },
    makeContainer: async (name) => void (await containerOf(name).create()),
    listBlobs: async (container) => {
      const names: string[] = [];
      for await (const { name } of containerOf(container).listBlobsFlat()) names.push(name);
      return names.sort();
    },
    close: () => {
      blobs.close();
      services.close();
      services.closeAllConnections();
      proxy.close();
      for (const socket of sockets) socket.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A token as Azurite wants it, which looks at its claims and not at who has signed it; and the keys of the account. */
function answerTo({ url = "" }: IncomingMessage, { account, accessKey }: StartedAzurite): unknown {
  if (url.includes("/listKeys")) return { keys: [{ keyName: "key1", value: accessKey }] };
  if (url.includes("/storageAccounts/"))
    return { properties: { primaryEndpoints: { blob: `https://${account}.blob.core.windows.net/` } } };
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    aud: "https://storage.azure.com",
    iss: "https://sts.windows.net/22222222-2222-2222-2222-222222222222/",
    ...{ iat: now - 60, nbf: now - 60, exp: now + 3600 },
  };
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const token = `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.c2lnbmF0dXJl`;
  return { token_type: "Bearer", expires_in: 3599, ext_expires_in: 3599, access_token: token };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
}
