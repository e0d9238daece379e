import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { homeFolder } from "../terraform/cache-folder.ts";
import type { Environment } from "../terraform/child-environment.ts";

/** Where AWS's credentials would come from, by name, never by value; undefined where none are seen without asking AWS. */
export function awsCredentialSource(environment: Environment): string | undefined {
  const profile = environment["AWS_PROFILE"];
  if (environment["AWS_ACCESS_KEY_ID"] && environment["AWS_SECRET_ACCESS_KEY"])
    return "AWS_ACCESS_KEY_ID in the environment";
  if (environment["AWS_WEB_IDENTITY_TOKEN_FILE"]) return "AWS_WEB_IDENTITY_TOKEN_FILE";
  if (profile) return `the profile '${profile}' of AWS_PROFILE`;
  const folder = join(homeFolder(environment), ".aws");
  const credentials = environment["AWS_SHARED_CREDENTIALS_FILE"] || join(folder, "credentials");
  const config = environment["AWS_CONFIG_FILE"] || join(folder, "config");
  if (hasDefault(credentials, "aws_access_key_id|credential_process"))
    return "the default profile of the credentials file";
  if (hasDefault(config, "sso_\\w+|role_arn|credential_process|aws_access_key_id"))
    return "the default profile of the config file";
  if (
    environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] ||
    environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"]
  )
    return "the container's role";
  return undefined;
}

function hasDefault(file: string, settings: string): boolean {
  if (!existsSync(file)) return false;
  const [, section = ""] = /^\[\s*default\s*\]([^[]*)/m.exec(readFileSync(file, "utf8")) ?? [];
  return new RegExp(`^\\s*(${settings})\\s*=`, "m").test(section);
}
