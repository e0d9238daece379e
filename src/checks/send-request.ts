import { type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestSecurely } from "node:https";
import { pipeline, type Readable } from "node:stream";
import { constants, createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { readBody } from "./read-body.ts";

/** What is sent; a login is a header already. */
export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;
}

/** What came back, the body as text. */
export interface HttpAnswer {
  readonly status: number;
  readonly location: string | undefined;
  readonly text: string;
}

const CONNECT_SECONDS = 10;

/**
 * Sends one request over a connection of its own and follows no redirect. Not by `fetch`, which keeps to the ports of
 * browsers: a service may listen on 6000, 6667 or 10080. Throws where no whole answer comes.
 */
export async function sendRequest(sent: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  const answer = await answerOf(sent, signal);
  const text = await readBody(decoded(answer));
  answer.destroy();
  return { status: answer.statusCode ?? 0, location: answer.headers.location, text };
}

function answerOf(
  { url, method, headers, body }: HttpRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const isSecure = url.protocol === "https:";
  return new Promise((resolve, reject) => {
    const options = { method, headers: completeHeaders(headers, body), signal, agent: false } as const;
    const request = (isSecure ? requestSecurely : requestPlain)(url, options);
    const timer = setTimeout(() => request.destroy(notConnected()), CONNECT_SECONDS * 1000);
    request.once("socket", (socket) =>
      socket.once(isSecure ? "secureConnect" : "connect", () => clearTimeout(timer)),
    );
    request.once("close", () => clearTimeout(timer));
    request.once("response", resolve);
    request.on("error", reject);
    request.end(body);
  });
}

function notConnected(): Error {
  return Object.assign(new Error("no connection came about in time"), { code: "ETIMEDOUT" });
}

/** What clients say of themselves, where the check does not say it: some servers refuse who says nothing. */
function completeHeaders(given: Headers, body: string | undefined): Record<string, string> {
  return {
    accept: "*/*",
    "accept-encoding": "gzip, deflate, br",
    "user-agent": "platc",
    ...(body !== undefined && {
      "content-type": "text/plain;charset=UTF-8",
      "content-length": String(Buffer.byteLength(body)),
    }),
    ...Object.fromEntries(given),
  };
}

function decoded(answer: IncomingMessage): Readable {
  const decoder = decoderOf(answer.headers["content-encoding"]?.trim().toLowerCase());
  // What goes wrong reaches the reader as an error of the last stream.
  return decoder === undefined ? answer : pipeline(answer, decoder, () => undefined);
}

/** An answer without a body, as to HEAD, names its encoding all the same: what ends early is no error. */
const ZLIB = { finishFlush: constants.Z_SYNC_FLUSH };
const BROTLI = { finishFlush: constants.BROTLI_OPERATION_FLUSH };

function decoderOf(encoding: string | undefined) {
  switch (encoding) {
    case "gzip":
    case "x-gzip":
      return createGunzip(ZLIB);
    case "deflate":
      return createInflate(ZLIB);
    case "br":
      return createBrotliDecompress(BROTLI);
    default:
      return undefined;
  }
}
