import { readFile } from "node:fs/promises";
import type { StoreEnvironment } from "./object-store.ts";
import { backendText, textIn } from "./backend-text.ts";
import { StoreError } from "./store-error.ts";

/** What the gcs backend's block and the environment together say, by the rules of Terraform's gcs backend. */
export interface GcsSettings {
  readonly bucket: string;
  /** For people: `gs://bucket`. */
  readonly location: string;
  /** Without the path of the API; undefined for Google's own. */
  readonly endpoint: string | undefined;
  /** An emulator, which asks nobody who he is. */
  readonly isEmulated: boolean;
  readonly accessToken: string | undefined;
  /** The content of a key file. */
  readonly credentials: object | undefined;
  readonly keyFile: string | undefined;
  readonly impersonated: string | undefined;
  readonly delegates: readonly string[];
  /** 32 bytes by which states are encrypted. */
  readonly encryptionKey: Buffer | undefined;
  readonly kmsKey: string | undefined;
}

/** Completes the block of a gcs backend from the environment. Throws StoreError where it says too little. */
export async function completeGcsSettings(
  config: Readonly<Record<string, unknown>>,
  environment: StoreEnvironment,
): Promise<GcsSettings> {
  const bucket = textIn(config, "bucket");
  if (bucket === undefined) throw new StoreError("gcs", "the backend names no bucket");
  const location = `gs://${bucket}`;
  const text = backendText(config, environment);
  const emulator = environment["STORAGE_EMULATOR_HOST"] || undefined;
  const endpoint = text(
    "storage_custom_endpoint",
    ...["GOOGLE_BACKEND_STORAGE_CUSTOM_ENDPOINT", "GOOGLE_STORAGE_CUSTOM_ENDPOINT"],
  );
  const written = text("credentials", "GOOGLE_BACKEND_CREDENTIALS", "GOOGLE_CREDENTIALS");
  const delegates = config["impersonate_service_account_delegates"];
  const encryptionKey = text("encryption_key", "GOOGLE_ENCRYPTION_KEY");
  return {
    ...{ bucket, location },
    endpoint: (endpoint ?? withScheme(emulator))?.replace(/\/(storage\/v1\/?)?$/, ""),
    isEmulated: endpoint === undefined && emulator !== undefined,
    accessToken: text("access_token", "GOOGLE_OAUTH_ACCESS_TOKEN"),
    credentials: written === undefined ? undefined : await credentialsOf(location, written),
    keyFile: environment["GOOGLE_APPLICATION_CREDENTIALS"] || undefined,
    impersonated: text(
      "impersonate_service_account",
      ...["GOOGLE_BACKEND_IMPERSONATE_SERVICE_ACCOUNT", "GOOGLE_IMPERSONATE_SERVICE_ACCOUNT"],
    ),
    delegates: Array.isArray(delegates) ? delegates.map(String) : [],
    encryptionKey:
      encryptionKey === undefined
        ? undefined
        : Buffer.from((await textOrFile(encryptionKey)).trim(), "base64"),
    kmsKey: text("kms_encryption_key", "GOOGLE_KMS_ENCRYPTION_KEY"),
  };
}

/** Google's own libraries take a host alone for one that speaks without TLS. */
function withScheme(host: string | undefined): string | undefined {
  return host === undefined || host.includes("://") ? host : `http://${host}`;
}

/** The JSON of a key, or a path to it. */
async function credentialsOf(location: string, written: string): Promise<object> {
  try {
    return JSON.parse(await textOrFile(written)) as object;
  } catch (error) {
    const why = "'credentials' is neither well-formed JSON nor the path of a file that holds it";
    throw new StoreError(location, why, { cause: error });
  }
}

async function textOrFile(written: string): Promise<string> {
  return readFile(written, "utf8").catch(() => written);
}
