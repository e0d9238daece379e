import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lockHolder } from "../../src/stores/lock-holder.ts";
import type { ObjectStore } from "../../src/stores/object-store.ts";
import { openStore } from "../../src/stores/open-store.ts";
import { StoreConflictError } from "../../src/stores/store-error.ts";
import { freePort } from "./free-port.ts";
import { installFakeGcs } from "./install-backend-servers.ts";
import { lockedProject } from "./locked-project.ts";
import { type StartedGcs, startFakeGcs } from "./start-fake-gcs.ts";
import { storeContract } from "./store-contract.ts";

const installed = installFakeGcs();
const why = "missing" in installed ? ` (skipped: ${installed.missing})` : "";

describe.skipIf(why !== "")(`the gcs backend on fake-gcs-server${why}`, () => {
  let google: StartedGcs;

  beforeAll(async () => {
    google = await startFakeGcs("path" in installed ? installed.path : "");
  });
  afterAll(() => google?.close());

  describe("the store", () => {
    let store: ObjectStore;
    let missing: ObjectStore;
    const open = (config: Record<string, unknown>, host = google.endpoint): Promise<ObjectStore> =>
      openStore({ type: "gcs", config }, { STORAGE_EMULATOR_HOST: host }, "/p");

    beforeAll(async () => {
      // What the SDK would find in the process itself must not count.
      process.env["STORAGE_EMULATOR_HOST"] = "http://127.0.0.1:9";
      await google.makeBucket("contract");
      store = await open({ bucket: "contract" }, google.endpoint.replace("http://", ""));
      missing = await open({ bucket: "nowhere" });
    });

    afterAll(() => delete process.env["STORAGE_EMULATOR_HOST"]);

    storeContract(
      () => store,
      () => missing,
      { checksRemovals: false },
    );

    test("a removal is under a condition too, which fake-gcs-server does not look at", async () => {
      const asked: (string | undefined)[] = [];
      const server = createServer((request, response) => {
        if (request.method === "DELETE") asked.push(request.url);
        const status = request.method === "DELETE" ? 412 : 200;
        response.writeHead(status, { "content-type": "application/json" }).end("{}");
      });
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
      try {
        const port = (server.address() as AddressInfo).port;
        const recorded = await open({ bucket: "b" }, `127.0.0.1:${port}`);
        await expect(recorded.remove("k", { ifVersion: "1700000000000001" })).rejects.toThrow(
          StoreConflictError,
        );
        expect(asked).toEqual(["/storage/v1/b/b/o/k?ifGenerationMatch=1700000000000001"]);
      } finally {
        server.closeAllConnections();
        server.close();
      }
    });

    test("takes the endpoint that the backend names, as Terraform spells it", async () => {
      const custom = { bucket: "contract", storage_custom_endpoint: `${google.endpoint}/storage/v1/` };
      const token = { GOOGLE_OAUTH_ACCESS_TOKEN: "a token" };
      expect(await (await openStore({ type: "gcs", config: custom }, token, "/p")).exists()).toBe(true);
    });

    test("sees the lock that Terraform's gcs backend takes", async () => {
      const backend = { type: "gcs", config: { bucket: "contract" } };
      await store.write("d/raw/default.tflock", '{"ID":"1","Who":"root@vm","Operation":"OperationTypePlan"}');
      expect(await lockHolder(store, backend, "d/raw/terraform.tfstate")).toMatchObject({
        status: "held",
        holder: { id: "1", who: "root@vm" },
      });
    });

    test("says in one sentence that nobody answers", async () => {
      const dead = await open({ bucket: "b" }, `http://127.0.0.1:${await freePort()}`);
      await expect(dead.exists()).rejects.toThrow(
        /^gs:\/\/b: cannot reach the bucket: [^\n]*ECONNREFUSED[^\n]*$/,
      );
    });
  });

  describe("states of Terraform and records of platc", () => {
    let count = 0;
    const project = lockedProject(async () => {
      const bucket = `states-${count++}`;
      await google.makeBucket(bucket);
      return {
        state: `{ backend: gcs, config: { bucket: ${bucket} }, key: "{{stack.address}}/terraform.tfstate" }`,
        environment: { STORAGE_EMULATOR_HOST: google.endpoint },
      };
    });

    test("from an empty bucket to no state, and up to date in between without Terraform", () =>
      project.runWholeLife());

    test("kill -9 of platc and Terraform: the next run frees the lock that is ours, and imports", async () => {
      const { held, next } = await project.goOnAfterKill("dev/slow");
      expect(held).toMatch(/is locked by \S+@\S+ since 20\S+ \(OperationTypeApply, id /);
      expect(next.text).toContain("freed the lock of 'dev/slow' that an apply of ours left");
    });
  });
});
