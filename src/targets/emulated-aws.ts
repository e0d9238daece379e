import { devNull } from "node:os";
import type { Environment } from "../terraform/child-environment.ts";

/**
 * The environment in which AWS's SDKs, Terraform's aws provider and its s3 backend reach an emulator by themselves,
 * and nothing else. The region is a default only: what the spec says is stronger.
 */
export function emulatedAws(endpoint: string, environment: Environment): Readonly<Record<string, string>> {
  const region = environment["AWS_REGION"] || environment["AWS_DEFAULT_REGION"] || "us-east-1";
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    // It answers 500 for what it lacks, and the provider's 25 tries would look like a hang.
    AWS_MAX_ATTEMPTS: "3",
  };
}
