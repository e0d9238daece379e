import { readFile } from "node:fs/promises";
import { userInfo } from "node:os";
import type { ClientConfig } from "pg";
import type { StoreEnvironment } from "./object-store.ts";
import { textIn } from "./backend-text.ts";
import { StoreError } from "./store-error.ts";

/** Where a pg backend's database is, and how one connects to it. */
export interface PgSettings {
  /** For people: `pg://host/database`. */
  readonly location: string;
  readonly connection: ClientConfig;
}

/** Completes the block of a pg backend from the environment, by the rules of Terraform's: a URL or `key=value`, then PG variables. */
export async function completePgSettings(
  config: Readonly<Record<string, unknown>>,
  environment: StoreEnvironment,
): Promise<PgSettings> {
  const written = textIn(config, "conn_str") ?? environment["PG_CONN_STR"] ?? "";
  const parts = /^postgres(ql)?:\/\//.test(written) ? partsOfUrl(written) : partsOfPairs(written);
  const part = (name: string, variable: string): string | undefined =>
    parts.get(name) || environment[variable] || undefined;
  const host = part("host", "PGHOST") ?? "localhost";
  const user = part("user", "PGUSER") ?? userInfo().username;
  const database = part("dbname", "PGDATABASE") ?? user;
  const location = `pg://${host}/${database}`;
  const password = part("password", "PGPASSWORD");
  return {
    location,
    connection: {
      ...{ host, user, database },
      port: Number(part("port", "PGPORT") ?? 5432),
      ...(password === undefined ? {} : { password }),
      ssl: host.startsWith("/")
        ? false
        : await encryptionOf(location, part("sslmode", "PGSSLMODE") ?? "require", {
            ca: part("sslrootcert", "PGSSLROOTCERT"),
            cert: part("sslcert", "PGSSLCERT"),
            key: part("sslkey", "PGSSLKEY"),
          }),
      application_name: "platc",
      connectionTimeoutMillis: 15_000,
    },
  };
}

function partsOfUrl(text: string): ReadonlyMap<string, string> {
  if (!URL.canParse(text)) throw new StoreError("pg", "'conn_str' is no URL that platc can read");
  const url = new URL(text);
  const named = [
    ["host", url.hostname.replace(/^\[|\]$/g, "")],
    ["port", url.port],
    ["user", url.username],
    ["password", url.password],
    ["dbname", url.pathname.slice(1)],
  ] as const;
  return new Map([
    ...named.map(([name, value]) => [name, decodeURIComponent(value)] as const),
    ...url.searchParams,
  ]);
}

/** `host=db dbname=states password='a b'`, with `\` before a quote. */
function partsOfPairs(text: string): ReadonlyMap<string, string> {
  const pairs = [...text.matchAll(/(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s\\]|\\.)*))/g)];
  if (text.trim() !== "" && pairs.length === 0)
    throw new StoreError(
      "pg",
      "'conn_str' is neither a URL (postgres://...) nor of the form 'host=... dbname=...'",
    );
  return new Map(
    pairs.map(
      ([, name = "", quoted, bare]) => [name, (quoted ?? bare ?? "").replace(/\\(.)/g, "$1")] as const,
    ),
  );
}

interface CertificateFiles {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

/** `require` encrypts without asking who is there, as in Terraform; the other two want to know. */
async function encryptionOf(
  location: string,
  mode: string,
  files: CertificateFiles,
): Promise<ClientConfig["ssl"]> {
  if (mode === "disable") return false;
  if (!["require", "verify-ca", "verify-full"].includes(mode))
    throw new StoreError(
      location,
      `sslmode '${mode}' is not one of disable, require, verify-ca, verify-full`,
    );
  const read = async (name: keyof CertificateFiles): Promise<Record<string, string>> => {
    const path = files[name];
    if (path === undefined) return {};
    try {
      return { [name]: await readFile(path, "utf8") };
    } catch (error) {
      throw new StoreError(location, `cannot read '${path}'`, { cause: error });
    }
  };
  return {
    ...(await read("ca")),
    ...(await read("cert")),
    ...(await read("key")),
    rejectUnauthorized: mode !== "require" || files.ca !== undefined,
    ...(mode === "verify-full" ? {} : { checkServerIdentity: () => undefined }),
  };
}
