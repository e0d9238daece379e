import { readFile } from "node:fs/promises";
import { resolveS3Credentials } from "../stores/s3-credentials.ts";
import { completeS3Settings, type S3Settings } from "../stores/s3-settings.ts";
import { StoreError } from "../stores/store-error.ts";
import type { CheckContext } from "./check-context.ts";
import { SettingError } from "./setting.ts";

/**
 * Who a check is to a service of AWS, and where that service is: all that the SDK would else look up in `process.env`
 * and AWS's files is taken from the context, by the rules of Terraform's s3 backend.
 */
export async function awsClientOptions(
  service: "s3" | "lambda" | "glue" | "secrets_manager",
  context: CheckContext,
) {
  const { environment, region } = context;
  // A bucket is only asked for, never used.
  const config = { bucket: "-", ...(region === undefined ? {} : { region }) };
  const settings = await completeSettings(config, environment);
  const endpoint = endpointOf(service, environment, settings);
  const ca = settings.certificateFile === undefined ? {} : { ca: await readFile(settings.certificateFile) };
  return {
    region: settings.region,
    credentials: await resolveS3Credentials(config, environment, settings),
    useFipsEndpoint: settings.useFips,
    useDualstackEndpoint: settings.useDualstack,
    ignoreConfiguredEndpointUrls: true,
    retryMode: "standard",
    requestHandler: { connectionTimeout: 10_000, httpsAgent: ca },
    ...(endpoint === undefined ? {} : { endpoint }),
  } as const;
}

/** Whether buckets stand in the path and not in front of the host: a local endpoint has no names of its own. */
export function usesPathStyle(endpoint: string | undefined): boolean {
  return endpoint !== undefined && !/\.amazonaws\.com(\.cn)?$/.test(new URL(endpoint).hostname);
}

async function completeSettings(
  config: Readonly<Record<string, unknown>>,
  environment: CheckContext["environment"],
): Promise<S3Settings> {
  try {
    return await completeS3Settings(config, environment);
  } catch (error) {
    if (error instanceof StoreError) throw new SettingError("no AWS region is known: set AWS_REGION");
    throw error;
  }
}

function endpointOf(
  service: string,
  environment: CheckContext["environment"],
  { files, endpoint }: S3Settings,
): string | undefined {
  if (service === "s3") return endpoint;
  if (environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] === "true") return undefined;
  return (
    environment[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ||
    environment["AWS_ENDPOINT_URL"] ||
    files.profile?.["endpoint_url"] ||
    undefined
  );
}
