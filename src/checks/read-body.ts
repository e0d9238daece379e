import type { Readable } from "node:stream";

const LARGEST = 16 * 1024 * 1024;

/** The body of an answer as text, without what comes after 16 MiB: a health check may name a stream that never ends. */
export async function readBody(body: Readable): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > LARGEST) break;
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
