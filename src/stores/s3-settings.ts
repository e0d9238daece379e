import { readAwsConfigFiles, type AwsConfigFiles } from "./aws-config-files.ts";
import { textIn } from "./backend-text.ts";
import type { StoreEnvironment } from "./object-store.ts";
import { StoreError } from "./store-error.ts";

/** What the s3 backend's block and the environment together say, by the rules of Terraform's s3 backend. */
export interface S3Settings {
  readonly bucket: string;
  readonly location: string;
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly stsEndpoint: string | undefined;
  readonly usePathStyle: boolean;
  readonly useFips: boolean;
  readonly useDualstack: boolean;
  readonly maxAttempts: number;
  /** Stores that only resemble S3 often know no checksums. */
  readonly sendChecksums: boolean;
  readonly certificateFile: string | undefined;
  readonly isInsecure: boolean;
  readonly encryption: S3Encryption;
  readonly acl: string | undefined;
  readonly profile: string;
  /** The block or the environment names the profile, rather than it being `default`. */
  readonly isProfileNamed: boolean;
  readonly files: AwsConfigFiles;
}

export type S3Encryption =
  | { readonly kind: "none" | "aes256" }
  | { readonly kind: "kms"; readonly key: string }
  | { readonly kind: "customer"; readonly key: string };

/** Completes the block of an s3 backend from the environment and AWS's files. Throws StoreError where it says too little. */
export async function completeS3Settings(
  config: Readonly<Record<string, unknown>>,
  environment: StoreEnvironment,
): Promise<S3Settings> {
  const bucket = textIn(config, "bucket");
  if (bucket === undefined) throw new StoreError("s3", "the backend names no bucket");
  const named = textIn(config, "profile") ?? environment["AWS_PROFILE"] ?? environment["AWS_DEFAULT_PROFILE"];
  const profile = named || "default";
  const files = await readAwsConfigFiles(config, environment, profile);
  const endpoint = endpointOf("s3", config, environment, files);
  const location = `s3://${bucket}`;
  return {
    bucket,
    location,
    region: regionOf(config, environment, files, endpoint, location),
    endpoint,
    stsEndpoint: endpointOf("sts", config, environment, files),
    usePathStyle:
      config["use_path_style"] === true || config["force_path_style"] === true || isLocalAddress(endpoint),
    useFips: flag(config["use_fips_endpoint"], environment["AWS_USE_FIPS_ENDPOINT"]),
    useDualstack: flag(config["use_dualstack_endpoint"], environment["AWS_USE_DUALSTACK_ENDPOINT"]),
    maxAttempts: Number(config["max_retries"] ?? environment["AWS_MAX_ATTEMPTS"] ?? 5) || 1,
    sendChecksums: endpoint === undefined && config["skip_s3_checksum"] !== true,
    certificateFile: textIn(config, "custom_ca_bundle") ?? (environment["AWS_CA_BUNDLE"] || undefined),
    isInsecure: config["insecure"] === true,
    encryption: encryptionOf(config, environment),
    acl: textIn(config, "acl"),
    profile,
    isProfileNamed: Boolean(named),
    files,
  };
}

function regionOf(
  config: Readonly<Record<string, unknown>>,
  environment: StoreEnvironment,
  files: AwsConfigFiles,
  endpoint: string | undefined,
  location: string,
): string {
  const region =
    textIn(config, "region") ||
    environment["AWS_REGION"] ||
    environment["AWS_DEFAULT_REGION"] ||
    files.profile?.["region"] ||
    (endpoint === undefined ? undefined : "us-east-1");
  if (region === undefined)
    throw new StoreError(location, "no region is known: set 'region' in the backend, or AWS_REGION");
  return region;
}

function endpointOf(
  service: "s3" | "sts",
  config: Readonly<Record<string, unknown>>,
  environment: StoreEnvironment,
  files: AwsConfigFiles,
): string | undefined {
  const block = recordIn(config, "endpoints");
  const written = textIn(block, service) ?? textIn(config, service === "s3" ? "endpoint" : "sts_endpoint");
  if (written !== undefined) return written;
  if (environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] === "true") return undefined;
  const name = service.toUpperCase();
  return (
    environment[`AWS_ENDPOINT_URL_${name}`] ||
    environment[`AWS_${name}_ENDPOINT`] ||
    environment["AWS_ENDPOINT_URL"] ||
    files.profile?.["endpoint_url"] ||
    undefined
  );
}

/** A setting that is a block, whether written as one object or as a list of one. */
export function recordIn(
  settings: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, unknown>> {
  const value = settings[name];
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === "object" && one !== null ? (one as Record<string, unknown>) : {};
}

/** Such an endpoint has no `bucket.` in front of it. */
function isLocalAddress(endpoint: string | undefined): boolean {
  if (endpoint === undefined) return false;
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : endpoint;
  return /^(localhost|\d+\.\d+\.\d+\.\d+|\[.*\])$/.test(host);
}

function encryptionOf(
  config: Readonly<Record<string, unknown>>,
  environment: StoreEnvironment,
): S3Encryption {
  const customer = textIn(config, "sse_customer_key") ?? (environment["AWS_SSE_CUSTOMER_KEY"] || undefined);
  if (customer !== undefined) return { kind: "customer", key: customer };
  if (config["encrypt"] !== true) return { kind: "none" };
  const key = textIn(config, "kms_key_id");
  return key === undefined ? { kind: "aes256" } : { kind: "kms", key };
}

function flag(written: unknown, variable: string | undefined): boolean {
  return typeof written === "boolean" ? written : variable === "true";
}
