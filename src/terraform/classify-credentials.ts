import type { TerraformError } from "./terraform-error.ts";

/**
 * Tells credentials that are not there from those that the cloud refuses, by what Terraform and its providers say in
 * one line. What says both is a login that has ended: the SDKs look for others when it fails them.
 */
export function classifyCredentials(text: string): TerraformError | undefined {
  const profile = /failed to get shared config profile, ([^\s,]+)/.exec(text)?.[1];
  if (profile !== undefined)
    return {
      kind: "credentials",
      message: `There is no AWS profile '${profile}' on this machine`,
      hint: "'aws configure list-profiles' lists those that are there: name one in AWS_PROFILE, or make it with 'aws configure sso'.",
    };
  if (REFUSED.test(text))
    return {
      kind: "credentials",
      message: "The cloud refuses the credentials of this environment, or they have expired",
      hint: `Log in again (${loginOf(text)}), or take others; 'platc doctor' says which are seen.`,
    };
  if (!MISSING.test(text)) return undefined;
  return {
    kind: "credentials",
    message: "No credentials for the cloud are found in this environment",
    hint: `${givenBy(text)} 'platc doctor' says what is seen; a rehearsal needs none: --target rehearsal.`,
  };
}

const REFUSED =
  /ExpiredToken|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidAccessKeyId|InvalidGrantException|SSO (?:token|session)|AADSTS\d|invalid_grant|invalid_rapt/;

const MISSING =
  /No valid credential sources|could not find default credentials|obtain a token|Please run 'az login'|launching Azure CLI/;

const AZURE = /\bAzure|AADSTS|az login/;
const GOOGLE = /default credentials|invalid_grant|invalid_rapt|\bgoogle/;

function loginOf(text: string): string {
  if (AZURE.test(text)) return "'az login'";
  return GOOGLE.test(text) ? "'gcloud auth application-default login'" : "'aws sso login'";
}

function givenBy(text: string): string {
  if (AZURE.test(text))
    return "Run 'az login', or set ARM_TENANT_ID and ARM_CLIENT_ID with ARM_CLIENT_SECRET or ARM_USE_OIDC.";
  return GOOGLE.test(text)
    ? "Run 'gcloud auth application-default login', or name a key file in GOOGLE_APPLICATION_CREDENTIALS."
    : "Name a profile in AWS_PROFILE, or run 'aws configure' or 'aws sso login'.";
}
