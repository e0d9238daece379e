import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** A PostgreSQL server of a test's own, on loopback and a free port, with the user `postgres`. */
export interface ScratchPostgres {
  readonly port: number;
  readonly password: string;
  /** Runs statements in a database. */
  readonly run: (sql: string, database?: string) => Promise<void>;
  /** Ends the server, by its pid, and deletes its data. */
  readonly close: () => Promise<void>;
}

const PASSWORD = "scratch-password";
const START_MS = 120_000;

/** The server, or why this machine cannot run one. */
export async function openScratchPostgres(): Promise<ScratchPostgres | string> {
  const found = findPrograms();
  if (typeof found === "string") return found;
  const folder = mkdtempSync(join(tmpdir(), "platc-postgres-"));
  const { uid, gid } = found;
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  const as = { ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }), cwd: folder };
  const data = join(folder, "data");
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, PASSWORD);
  const initial = [
    "-D",
    data,
    "-U",
    "postgres",
    "-A",
    "scram-sha-256",
    `--pwfile=${passwordFile}`,
    "-E",
    "UTF8",
  ];
  execFileSync(found.initdb, [...initial, "--locale=C", "--no-sync"], {
    ...as,
    stdio: "pipe",
  });
  const port = await freePort();
  const settings = ["-h", "127.0.0.1", "-p", String(port), "-k", folder, "-F"];
  const server = spawn(found.postgres, ["-D", data, ...settings], { ...as, stdio: "ignore" });
  let hasEnded = false;
  const ended = new Promise<void>((done) => server.on("exit", () => done())).then(
    () => void (hasEnded = true),
  );
  const run = async (sql: string, database = "postgres"): Promise<void> => {
    const client = new pg.Client({ host: "127.0.0.1", port, user: "postgres", password: PASSWORD, database });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  const close = async (): Promise<void> => {
    server.kill("SIGINT");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  // As long as it lives it may still be starting: with much else to do on the machine that takes its time.
  for (const deadline = Date.now() + START_MS; ;) {
    try {
      await run("SELECT 1");
      return { port, password: PASSWORD, run, close };
    } catch (error) {
      if (hasEnded || Date.now() > deadline) {
        await close();
        throw error;
      }
      await sleep(100);
    }
  }
}

interface Programs {
  readonly initdb: string;
  readonly postgres: string;
  /** PostgreSQL does not start as root: who it starts as. */
  readonly uid?: number;
  readonly gid?: number;
}

function findPrograms(): Programs | string {
  const { stdout, status } = spawnSync("pg_config", ["--bindir"], { encoding: "utf8" });
  const folders = [...(status === 0 ? [stdout.trim()] : []), ...(process.env["PATH"] ?? "").split(":")];
  const folder = folders.find((one) => ["initdb", "postgres"].every((name) => existsSync(join(one, name))));
  if (folder === undefined)
    return "no PostgreSQL server (initdb, postgres) is on PATH or where pg_config says";
  const programs = { initdb: join(folder, "initdb"), postgres: join(folder, "postgres") };
  if (process.getuid?.() !== 0) return programs;
  const [uid, gid] = ["-u", "-g"].map((flag) =>
    Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout.trim() || Number.NaN),
  );
  if (!Number.isInteger(uid) || !Number.isInteger(gid))
    return "PostgreSQL does not start as root, and there is no user 'postgres' to start it as";
  return { ...programs, uid: uid!, gid: gid! };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
