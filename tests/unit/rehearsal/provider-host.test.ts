import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, credentials } from "@grpc/grpc-js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { providerEngine } from "../../../src/provider/engine.ts";
import type { ProviderEngine } from "../../../src/provider/provider-engine.ts";
import { readProviderSchema } from "../../../src/provider/read-provider-schema.ts";
import { createFaultCounter } from "../../../src/rehearsal/fault.ts";
import type { ListenAddress } from "../../../src/rehearsal/listen-places.ts";
import { providerService } from "../../../src/rehearsal/protocol.ts";
import { openProviderHost, type ProviderHost } from "../../../src/rehearsal/provider-host.ts";
import { createCountKeeper } from "../../../src/rehearsal/rehearsal-counts.ts";
import { serveProvider } from "../../../src/rehearsal/served-provider.ts";
import { decodeValue, encodeValue } from "../../../src/rehearsal/wire-value.ts";
import { openWorldStore } from "../../../src/rehearsal/world-store.ts";

const schema = readProviderSchema(
  {
    resource_schemas: {
      thing: {
        block: {
          attributes: {
            id: { type: "string", computed: true },
            name: { type: "string", required: true },
          },
        },
      },
    },
  },
  "test/things",
  "1.0.0",
);
const TYPE = ["object", { id: "string", name: "string" }] as const;

let folder: string;
let host: ProviderHost;
const bugs: string[] = [];
const clients: Client[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "platc-host-"));
  bugs.length = 0;
});

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  host.close();
  rmSync(folder, { recursive: true });
});

test("an error of ours is told as a bug in platc, with the state as it was, and the process goes on", async () => {
  const broken: ProviderEngine = {
    ...providerEngine,
    apply: () => {
      throw new Error("Out of ideas.");
    },
  };
  open(broken);
  const address = (await host.attach("dev/a"))["test/things"]!;
  const prior = { id: "thing-1", name: "old" };
  const answer = await call(address, "ApplyResourceChange", {
    type_name: "thing",
    prior_state: { msgpack: encodeValue(TYPE, prior) },
    planned_state: { msgpack: encodeValue(TYPE, { ...prior, name: "new" }) },
    config: { msgpack: encodeValue(TYPE, { id: null, name: "new" }) },
  });
  expect(answer["diagnostics"]).toMatchObject([
    {
      severity: 1,
      summary: "The rehearsal went wrong",
      detail:
        "The rehearsed provider could not answer ApplyResourceChange: Out of ideas. This is a bug in platc, please report it.",
    },
  ]);
  expect(decodeValue(TYPE, (answer["new_state"] as { msgpack: Uint8Array }).msgpack)).toEqual(prior);
  expect(bugs).toEqual([expect.stringMatching(/^ApplyResourceChange of thing: Error: Out of ideas/)]);
  const unserved = await call(address, "PlanResourceChange", { type_name: "other" });
  expect(unserved["diagnostics"]).toMatchObject([
    { detail: expect.stringContaining("'other' is not served") },
  ]);
});

test("each stack has addresses of its own, until the last who attached has left", async () => {
  open(providerEngine);
  const [first, second, again] = await Promise.all(["dev/a", "dev/b", "dev/a"].map(host.attach));
  expect(again).toEqual(first);
  expect(second!["test/things"]).not.toEqual(first!["test/things"]);
  host.detach("dev/a");
  expect(await call(first!["test/things"]!, "ValidateProviderConfig", {})).toEqual({ diagnostics: [] });
  host.detach("dev/a");
  clients.splice(0).forEach((client) => client.close());
  await expect(call(first!["test/things"]!, "ValidateProviderConfig", {})).rejects.toThrow("UNAVAILABLE");
  expect(await call(second!["test/things"]!, "ValidateProviderConfig", {})).toEqual({ diagnostics: [] });
});

function open(engine: ProviderEngine): void {
  host = openProviderHost({
    providers: [serveProvider(schema, undefined)],
    shared: {
      engine,
      world: openWorldStore(folder, () => null),
      counts: createCountKeeper(),
      nextFault: createFaultCounter([]),
    },
    onClosed: () => undefined,
    tellBug: (text) => bugs.push(text),
  });
}

function call(
  { network, address }: ListenAddress,
  name: string,
  request: object,
): Promise<Record<string, unknown>> {
  const { path, requestSerialize, responseDeserialize } = providerService()[name]!;
  const client = new Client(network === "unix" ? `unix:${address}` : address, credentials.createInsecure());
  clients.push(client);
  return new Promise((done, fail) => {
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, answer) =>
      error ? fail(error) : done(answer as Record<string, unknown>),
    );
  });
}
