import { createServer, type ServerOptions } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A Docker API with TLS on both sides that runs nothing: it remembers what it was asked to create. */
export interface DockerStandIn {
  readonly port: number;
  readonly created: readonly CreatedContainer[];
  /** What the containers end with. */
  exitCode: number;
  readonly close: () => void;
}

export interface CreatedContainer {
  readonly Image: string;
  readonly Cmd: readonly string[];
  readonly Env: readonly string[];
  readonly client: string;
}

type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };

/** Starts one on a free port of loopback. */
export async function startDockerStandIn(
  tls: Pick<ServerOptions, "ca" | "cert" | "key">,
): Promise<DockerStandIn> {
  const created: CreatedContainer[] = [];
  const attached: ServerResponse[] = [];
  const server = createServer({ ...tls, requestCert: true, rejectUnauthorized: true });
  const standIn = { port: 0, created, exitCode: 0, close: () => void server.close() };
  const answers: readonly (readonly [RegExp, (exchange: Exchange) => void | Promise<void>])[] = [
    [/GET .*\/version$/, ({ response }) => send(response, { ApiVersion: "1.43", Version: "24.0.0" })],
    [/GET .*\/_ping$/, ({ response }) => void response.end("OK")],
    [/GET .*\/images\/json/, ({ response }) => send(response, [{ Id: "sha256:1", RepoTags: [] }])],
    [
      /POST .*\/containers\/create/,
      async ({ request, response }) => {
        const body = JSON.parse(await textOf(request)) as Omit<CreatedContainer, "client">;
        created.push({ ...body, client: clientOf(request) });
        send(response, { Id: "c1", Warnings: [] }, 201);
      },
    ],
    [
      /POST .*\/containers\/c1\/attach/,
      ({ response }) => {
        response.useChunkedEncodingByDefault = false;
        response.shouldKeepAlive = false;
        response.writeHead(200, { "content-type": "application/vnd.docker.raw-stream" });
        response.flushHeaders();
        attached.push(response);
      },
    ],
    [
      /POST .*\/containers\/c1\/start/,
      ({ response }) => {
        response.writeHead(204).end();
        for (const open of attached.splice(0)) open.end(frame("100 events sent\n"));
      },
    ],
    [
      /GET .*\/containers\/c1\/json/,
      ({ response }) => send(response, { Id: "c1", Config: { Tty: false }, State: { Status: "exited" } }),
    ],
    [/GET .*\/containers\/c1\/logs/, ({ response }) => void response.end(frame("100 events sent\n"))],
    [/POST .*\/containers\/c1\/wait/, ({ response }) => send(response, { StatusCode: standIn.exitCode })],
    [/DELETE .*\/containers\/c1/, ({ response }) => void response.writeHead(204).end()],
    [/POST .*\/containers\/c1\/stop/, ({ response }) => void response.writeHead(204).end()],
  ];
  server.on("request", (request, response) => {
    const line = `${request.method} ${request.url}`;
    const answer = answers.find(([pattern]) => pattern.test(line))?.[1];
    if (answer) void answer({ request, response });
    else send(response, { message: `no stand-in for ${line}` }, 501);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  standIn.port = (server.address() as AddressInfo).port;
  return standIn;
}

function clientOf({ socket }: IncomingMessage): string {
  const certificate = (socket as import("node:tls").TLSSocket).getPeerCertificate();
  return String(certificate.subject.CN);
}

function send(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** One frame of standard output, as Docker multiplexes them. */
function frame(text: string): Buffer {
  const head = Buffer.alloc(8);
  head[0] = 1;
  head.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([head, Buffer.from(text)]);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
