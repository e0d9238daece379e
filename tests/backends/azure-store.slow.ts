import { ContainerClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blobStore } from "../../src/stores/blob-store.ts";
import { freeLock, lockHolder } from "../../src/stores/lock-holder.ts";
import type { ObjectStore } from "../../src/stores/object-store.ts";
import { StoreConflictError, StoreError } from "../../src/stores/store-error.ts";
import { freePort } from "./free-port.ts";
import { installAzurite } from "./install-backend-servers.ts";
import { type StartedAzurite, startAzurite } from "./start-azurite.ts";
import { storeContract } from "./store-contract.ts";

const installed = installAzurite();
const why = "missing" in installed ? ` (skipped: ${installed.missing})` : "";

describe.skipIf(why !== "")(`the azurerm store against Azurite${why}`, () => {
  let azurite: StartedAzurite;
  let store: ObjectStore;

  const containerOf = (name: string, port = azurite.port): ContainerClient => {
    const key = new StorageSharedKeyCredential(azurite.account, azurite.accessKey);
    const options = { retryOptions: { maxTries: 1 } };
    return new ContainerClient(`http://127.0.0.1:${port}/${azurite.account}/${name}`, key, options);
  };
  const open = (name: string, port?: number): ObjectStore =>
    blobStore(containerOf(name, port), { location: `azurerm://a/${name}`, signInHost: "localhost" });

  beforeAll(async () => {
    azurite = await startAzurite("path" in installed ? installed.path : "");
    await containerOf("states").create();
    store = open("states");
  });
  afterAll(() => azurite?.close());

  storeContract(
    () => store,
    () => open("nowhere"),
  );

  const backend = { type: "azurerm", config: { storage_account_name: "a", container_name: "states" } };
  const note = (id: string): { terraformlockid: string } => {
    const text = JSON.stringify({ ID: id, Who: "root@vm", Operation: "OperationTypeApply", Created: "then" });
    return { terraformlockid: Buffer.from(text).toString("base64") };
  };
  /** As Terraform takes a lock: a lease under the lock's own id, then the note. */
  const lock = async (key: string, id: string): Promise<void> => {
    const blob = containerOf("states").getBlobClient(key);
    await blob.getBlobLeaseClient(id).acquireLease(-1);
    await blob.setMetadata({ other: "stays", ...note(id) }, { conditions: { leaseId: id } });
  };
  const [ours, theirs] = ["11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"];

  test("says who holds the lock of a state, and frees the one that it is told to", async () => {
    await store.write("d/k", "state");
    expect(await lockHolder(store, backend, "d/k")).toEqual({ status: "free" });
    expect(await lockHolder(store, backend, "d/absent")).toEqual({ status: "free" });
    await lock("d/k", ours);
    expect(await lockHolder(store, backend, "d/k")).toMatchObject({
      status: "held",
      holder: { id: ours, who: "root@vm", operation: "OperationTypeApply", created: "then" },
    });
    await expect(store.write("d/k", "x")).rejects.toThrow(StoreError);
    await expect(store.write("d/k", "x")).rejects.not.toThrow(StoreConflictError);
    await expect(store.write("d/k", "x")).rejects.toThrow(/cannot write 'd\/k': LeaseIdMissing/);
    expect(await freeLock(store, backend, "d/k", theirs)).toBe(false);
    expect(await freeLock(store, backend, "d/k", ours)).toBe(true);
    expect(await lockHolder(store, backend, "d/k")).toEqual({ status: "free" });
    const { metadata, leaseState } = await containerOf("states").getBlobClient("d/k").getProperties();
    expect({ metadata: metadata?.["other"], leaseState }).toEqual({
      metadata: "stays",
      leaseState: "available",
    });
    expect(await freeLock(store, backend, "d/k", ours)).toBe(false);
  });

  test("a note without its lease holds nobody up, and a lease without a note is nobody's", async () => {
    await store.write("left", "state");
    await containerOf("states").getBlobClient("left").setMetadata(note(ours));
    expect(await lockHolder(store, backend, "left")).toMatchObject({ status: "left", holder: { id: ours } });
    expect(await freeLock(store, backend, "left", ours)).toBe(true);
    expect(await lockHolder(store, backend, "left")).toEqual({ status: "free" });
    await store.write("leased", "state");
    await containerOf("states").getBlobClient("leased").getBlobLeaseClient(theirs).acquireLease(-1);
    expect(await lockHolder(store, backend, "leased")).toEqual({
      status: "unknown",
      why: "the blob 'leased' has a lease, and no note says whose; 'az storage blob lease break' ends it",
    });
  });

  test("a lock that changed hands is not freed", async () => {
    await store.write("taken", "state");
    await lock("taken", theirs);
    await containerOf("states")
      .getBlobClient("taken")
      .setMetadata(note(ours), { conditions: { leaseId: theirs } });
    await expect(freeLock(store, backend, "taken", ours)).rejects.toThrow(StoreConflictError);
  });

  test("says in one sentence that nobody answers, or that the key is wrong", async () => {
    await expect(open("states", await freePort()).exists()).rejects.toThrow(
      /^azurerm:\/\/a\/states: cannot reach the container: .*ECONNREFUSED[^\n]*$/,
    );
    const wrong = new ContainerClient(
      `http://127.0.0.1:${azurite.port}/${azurite.account}/states`,
      new StorageSharedKeyCredential(azurite.account, Buffer.from("wrong").toString("base64")),
    );
    const refused = blobStore(wrong, { location: "azurerm://a/states", signInHost: "localhost" });
    await expect(refused.read("k")).rejects.toThrow(
      /^azurerm:\/\/a\/states: cannot read 'k': AuthorizationFailure: [^\n]*$/,
    );
  });
});
