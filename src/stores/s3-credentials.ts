import type { fromHttp } from "@aws-sdk/credential-providers";
import type { StoreEnvironment } from "./object-store.ts";
import { textIn } from "./backend-text.ts";
import { recordIn, type S3Settings } from "./s3-settings.ts";

/** The SDK names this type only in a package that platc does not depend on. */
export type AwsCredentialIdentityProvider = ReturnType<typeof fromHttp>;
type Block = Readonly<Record<string, unknown>>;

/**
 * Who platc is to S3, in the order of Terraform's s3 backend: keys in the block, a profile that it names, keys in
 * the environment, a web identity, AWS's files, the container, the machine; then the role to assume on top.
 * The library of all ways but keys is loaded only where there are none, since it costs start-up time.
 */
export async function resolveS3Credentials(
  config: Block,
  environment: StoreEnvironment,
  settings: S3Settings,
): Promise<AwsCredentialIdentityProvider> {
  const base = staticKeys(config, environment) ?? (await fromLibrary(config, environment, settings));
  const role = roleOf(config);
  if (role === undefined) return base;
  const { fromTemporaryCredentials } = await import("./aws-credential-library.ts");
  return fromTemporaryCredentials({
    masterCredentials: base,
    params: role,
    clientConfig: stsConfig(settings),
  });
}

function staticKeys(config: Block, environment: StoreEnvironment): AwsCredentialIdentityProvider | undefined {
  const inBlock = {
    accessKeyId: textIn(config, "access_key"),
    secretAccessKey: textIn(config, "secret_key"),
    sessionToken: textIn(config, "token"),
  };
  const inEnvironment = {
    accessKeyId: environment["AWS_ACCESS_KEY_ID"] || undefined,
    secretAccessKey: environment["AWS_SECRET_ACCESS_KEY"] || undefined,
    sessionToken: environment["AWS_SESSION_TOKEN"] || undefined,
  };
  const isProfileInBlock = textIn(config, "profile") !== undefined;
  for (const keys of isProfileInBlock ? [inBlock] : [inBlock, inEnvironment]) {
    const { accessKeyId, secretAccessKey, sessionToken } = keys;
    if (accessKeyId === undefined || secretAccessKey === undefined) continue;
    const credentials = {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
    };
    return () => Promise.resolve(credentials);
  }
  return undefined;
}

async function fromLibrary(
  config: Block,
  environment: StoreEnvironment,
  settings: S3Settings,
): Promise<AwsCredentialIdentityProvider> {
  const library = await import("./aws-credential-library.ts");
  const clientConfig = stsConfig(settings);
  const { files, profile, isProfileNamed } = settings;
  const fromFiles = library.fromIni({
    profile,
    filepath: files.credentialsFile,
    configFilepath: files.configFile,
    clientConfig,
  });
  if (textIn(config, "profile") !== undefined) return fromFiles;

  const ways: AwsCredentialIdentityProvider[] = [];
  const identity = webIdentityOf(config, environment);
  if (identity?.token !== undefined)
    ways.push(library.fromWebToken({ ...identity.role, webIdentityToken: identity.token, clientConfig }));
  else if (identity?.tokenFile !== undefined)
    ways.push(
      library.fromTokenFile({ ...identity.role, webIdentityTokenFile: identity.tokenFile, clientConfig }),
    );
  if (isProfileNamed || files.profile !== undefined) ways.push(fromFiles);
  const container = containerOf(environment);
  if (container !== undefined) ways.push(library.fromHttp(container));
  if (environment["AWS_EC2_METADATA_DISABLED"] !== "true" && config["skip_metadata_api_check"] !== true)
    ways.push(library.fromInstanceMetadata({ timeout: 1000, maxRetries: 1 }));
  return library.createCredentialChain(...ways, () =>
    Promise.reject(new Error("no credentials for AWS were found")),
  );
}

function stsConfig({ region, stsEndpoint }: S3Settings) {
  return {
    region,
    ignoreConfiguredEndpointUrls: true,
    ...(stsEndpoint === undefined ? {} : { endpoint: stsEndpoint }),
  };
}

function roleOf(config: Block) {
  const block = recordIn(config, "assume_role");
  const arn = textIn(block, "role_arn") ?? textIn(config, "role_arn");
  if (arn === undefined) return undefined;
  return withoutUndefined({
    RoleArn: arn,
    RoleSessionName: textIn(block, "session_name") ?? textIn(config, "session_name") ?? "platc",
    ExternalId: textIn(block, "external_id") ?? textIn(config, "external_id"),
    Policy: textIn(block, "policy"),
    PolicyArns: asList(block["policy_arns"])?.map((policy) => ({ arn: String(policy) })),
    DurationSeconds: secondsOf(textIn(block, "duration")),
    SourceIdentity: textIn(block, "source_identity"),
    Tags: tagsOf(block["tags"]),
    TransitiveTagKeys: asList(block["transitive_tag_keys"])?.map(String),
  });
}

function webIdentityOf(config: Block, environment: StoreEnvironment) {
  const block = recordIn(config, "assume_role_with_web_identity");
  const roleArn = textIn(block, "role_arn") ?? environment["AWS_ROLE_ARN"];
  if (!roleArn) return undefined;
  return {
    role: withoutUndefined({
      roleArn,
      roleSessionName: textIn(block, "session_name") ?? environment["AWS_ROLE_SESSION_NAME"] ?? "platc",
      durationSeconds: secondsOf(textIn(block, "duration")),
    }),
    token: textIn(block, "web_identity_token"),
    tokenFile: textIn(block, "web_identity_token_file") ?? environment["AWS_WEB_IDENTITY_TOKEN_FILE"],
  };
}

function containerOf(environment: StoreEnvironment) {
  const awsContainerCredentialsRelativeUri = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"];
  const awsContainerCredentialsFullUri = environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"];
  if (!awsContainerCredentialsRelativeUri && !awsContainerCredentialsFullUri) return undefined;
  return withoutUndefined({
    awsContainerCredentialsRelativeUri,
    awsContainerCredentialsFullUri,
    awsContainerAuthorizationToken: environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"],
    awsContainerAuthorizationTokenFile: environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"],
  });
}

/** Go's spelling of a duration, such as `1h30m`. */
function secondsOf(duration: string | undefined): number | undefined {
  if (duration === undefined) return undefined;
  const unit = { h: 3600, m: 60, s: 1 } as const;
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)([hms])/g)];
  return (
    parts.reduce((sum, [, count, name]) => sum + Number(count) * unit[name as keyof typeof unit], 0) ||
    undefined
  );
}

function tagsOf(tags: unknown) {
  if (typeof tags !== "object" || tags === null) return undefined;
  return Object.entries(tags).map(([Key, value]) => ({ Key, Value: String(value) }));
}

function asList(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** The SDK tells an absent setting from an undefined one. */
function withoutUndefined<T extends object>(settings: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
}
