import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freeLock, lockHolder } from "../../src/stores/lock-holder.ts";
import type { ObjectStore } from "../../src/stores/object-store.ts";
import { openStore } from "../../src/stores/open-store.ts";
import { pgStateKey } from "../../src/stores/pg-state-key.ts";
import { StoreConflictError } from "../../src/stores/store-error.ts";
import { lockedProject } from "../backends/locked-project.ts";
import { storeContract } from "../backends/store-contract.ts";
import { openScratchPostgres, type ScratchPostgres } from "./scratch-postgres.ts";

const opened = await openScratchPostgres();
const why = typeof opened === "string" ? ` (skipped: ${opened})` : "";
const server = opened as ScratchPostgres;

afterAll(() => (typeof opened === "string" ? undefined : opened.close()));

const addressOf = (database: string): string =>
  `postgres://postgres@127.0.0.1:${server.port}/${database}?sslmode=disable`;

describe.skipIf(why !== "")(`the pg store against PostgreSQL${why}`, () => {
  let store: ObjectStore;
  let missing: ObjectStore;

  const open = (config: Record<string, unknown>, more: Record<string, string> = {}): Promise<ObjectStore> =>
    openStore({ type: "pg", config }, { PGPASSWORD: server.password, ...more }, "/p");

  beforeAll(async () => {
    await server.run("CREATE DATABASE contract");
    store = await open({ conn_str: addressOf("contract") });
    missing = await open({ conn_str: addressOf("nowhere") });
  });

  storeContract(
    () => store,
    () => missing,
  );

  test("sixteen first writes at once make one table", async () => {
    await server.run("CREATE DATABASE fresh");
    const stores = await Promise.all(
      Array.from({ length: 16 }, () => open({ conn_str: addressOf("fresh") })),
    );
    expect(await stores[0]!.read("a/0")).toBeUndefined();
    expect(await stores[0]!.list("a/")).toEqual([]);
    await Promise.all(stores.map((one, i) => one.write(`a/${i}`, "{}", { ifAbsent: true })));
    expect(await stores[0]!.list("a/")).toHaveLength(16);
  });

  test("what Terraform processes would clash over is made once, and not where tables are given", async () => {
    await server.run("CREATE DATABASE ready");
    const count = "SELECT count(*) FROM pg_class WHERE relkind = 'S'";
    const isCount = (n: number): Promise<unknown> =>
      server.run(`DO $$ BEGIN ASSERT (${count}) = ${n}; END $$`, "ready");
    await (await open({ conn_str: addressOf("ready"), skip_table_creation: true })).makeReady?.();
    await isCount(0);
    await Promise.all(
      Array.from({ length: 16 }, async () => (await open({ conn_str: addressOf("ready") })).makeReady?.()),
    );
    await isCount(1);
  });

  test("who may make nothing is told so each time, and can go on reading", async () => {
    await server.run("CREATE DATABASE bare");
    await server.run("CREATE ROLE reader LOGIN PASSWORD 'reads'");
    const bare = await open(
      { conn_str: addressOf("bare").replace("postgres@", "reader@") },
      { PGPASSWORD: "reads" },
    );
    for (let time = 0; time < 6; time++)
      await expect(bare.write("a/b", "{}")).rejects.toThrow(
        "cannot write 'a/b': permission denied for database bare",
      );
    expect(await bare.read("a/b")).toBeUndefined();
  });

  test("keeps states where Terraform looks for them, under conditions too", async () => {
    const key = pgStateKey('d2b/dev/"raw"');
    expect(await store.read(key)).toBeUndefined();
    const first = await store.write(key, '{"serial":1}', { ifAbsent: true });
    expect(await store.head(key)).toBe(first);
    await expect(store.write(key, "", { ifAbsent: true })).rejects.toThrow(StoreConflictError);
    const second = await store.write(key, '{"serial":1}', { ifVersion: first });
    expect(second).not.toBe(first);
    await expect(store.write(key, "", { ifVersion: first })).rejects.toThrow(StoreConflictError);
    await expect(store.remove(key, { ifVersion: first })).rejects.toThrow(StoreConflictError);
    await server.run(
      `DO $$ BEGIN ASSERT (SELECT data FROM "d2b/dev/""raw""".states WHERE name = 'default') = '{"serial":1}'; END $$`,
      "contract",
    );
    await store.remove(key, { ifVersion: second });
    expect(await store.read(key)).toBeUndefined();
    expect(await store.list("schema:")).toEqual([]);
    await expect(store.read(pgStateKey("é".repeat(32)))).rejects.toThrow(
      "has a name of 64 bytes, of which PostgreSQL keeps 63: a shorter 'key' under 'state' helps",
    );
  });

  test("says who holds the lock of a state, and ends the connection that it is told to", async () => {
    const backend = { type: "pg", config: {} };
    const locked = await store.write(pgStateKey("locked"), "{}");
    expect(locked).not.toBe("");
    expect(await lockHolder(store, backend, "locked")).toEqual({ status: "free" });
    expect(await lockHolder(store, backend, "absent")).toEqual({ status: "free" });
    const client = new pg.Client(addressOf("contract").replace("@", `:${server.password}@`));
    const ended = new Promise<void>((done) => client.on("error", () => done()));
    await client.connect();
    await client.query("SELECT pg_advisory_lock(id) FROM locked.states");
    const lock = await lockHolder(store, backend, "locked");
    expect(lock).toMatchObject({ status: "held", holder: { who: "postgres@127.0.0.1" } });
    if (lock.status !== "held") throw new Error("not held");
    expect(await freeLock(store, backend, "locked", "1 of then")).toBe(false);
    expect(await freeLock(store, backend, "locked", lock.holder.id)).toBe(true);
    await ended;
    expect(await lockHolder(store, backend, "locked")).toEqual({ status: "free" });
  });

  test("reads pairs, variables of PostgreSQL, and says what it cannot reach", async () => {
    const pairs = `host=127.0.0.1 port=${server.port} user='postgres' dbname=contract sslmode=disable`;
    expect((await open({ conn_str: pairs })).location).toBe("pg://127.0.0.1/contract");
    expect(await (await open({ conn_str: pairs })).exists()).toBe(true);
    const variables = { PGHOST: "127.0.0.1", PGPORT: String(server.port), PGUSER: "postgres" };
    expect(
      await (await open({}, { ...variables, PGDATABASE: "contract", PGSSLMODE: "disable" })).exists(),
    ).toBe(true);
    expect(await (await open({}, { PG_CONN_STR: addressOf("contract") })).exists()).toBe(true);
    const encrypted = await open({ conn_str: addressOf("contract").replace("disable", "require") });
    await expect(encrypted.exists()).rejects.toThrow(
      "pg://127.0.0.1/contract: cannot connect: The server does not support SSL connections",
    );
    await expect(open({ conn_str: "nonsense" })).rejects.toThrow("pg: 'conn_str' is neither a URL");
    await expect(open({ conn_str: "host=h sslmode=some" })).rejects.toThrow("pg://h/");
    const wrong = await open({ conn_str: addressOf("contract") }, { PGPASSWORD: "wrong" });
    await expect(wrong.exists()).rejects.toThrow("cannot connect: password authentication failed");
  });
});

describe.skipIf(why !== "")(`states of Terraform and records of platc in PostgreSQL${why}`, () => {
  const project = lockedProject(async () => {
    await server.run("DROP DATABASE IF EXISTS runs WITH (FORCE)");
    await server.run("CREATE DATABASE runs");
    return {
      state: `{ backend: pg, config: { conn_str: "${addressOf("runs")}" }, key: "{{platform.name}}/{{stack.address}}" }`,
      environment: { PGPASSWORD: server.password },
    };
  });

  test("from an empty database to no state, and up to date in between without Terraform", () =>
    project.runWholeLife());

  test("kill -9 of platc and Terraform: the next run frees what is still locked, and imports", async () => {
    const { held } = await project.goOnAfterKill("dev/slow");
    expect(held).toMatch(
      /is locked by postgres@127\.0\.0\.1 since 20\S+ \(connection \d+ of PostgreSQL, which makes a new state, id /,
    );
  });
});
