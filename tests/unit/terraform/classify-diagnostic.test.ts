import { describe, expect, test } from "vitest";
import { classifyDiagnostic } from "../../../src/terraform/classify-diagnostic.ts";
import { parseHumanDiagnostics } from "../../../src/terraform/parse-human-diagnostics.ts";
import type { ProviderMirror } from "../../../src/terraform/provider-mirror.ts";

/** Texts as Terraform 1.11.4 wrote them. */
function classify(summary: string, detail: string, address?: string) {
  return classifyDiagnostic({
    severity: "error",
    summary,
    detail,
    ...(address === undefined ? {} : { address }),
  });
}

const LOCK = `Error message: operation error S3: PutObject, https response error StatusCode: 412
Lock Info:
  ID:        d2ea7102-f693-2cdf-5d8f-7809dba42915
  Path:      yes/k
  Operation: OperationTypeApply
  Who:       ann@laptop
  Version:   1.11.4
  Created:   2026-11-21 04:04:41.006234324 +0000 UTC
  Info:      


Terraform acquires a state lock to protect the state from being written`;

const NO_BUCKET = `
Error: Failed to get existing workspaces: S3 bucket "nope" does not exist.

The referenced S3 bucket must have been previously created. If the S3 bucket
was created within the last minute, please wait for a minute or two and try
again.

Error: operation error S3: ListObjectsV2, https response error StatusCode: 404, RequestID: x, NoSuchBucket: 

`;

/** OpenTofu 1.12.6 does not name it. */
const NO_BUCKET_OF_TOFU = NO_BUCKET.replace('bucket "nope" does', "bucket does");

const NO_VERSION = `
Error: Failed to query available provider packages

Could not retrieve the list of available versions for provider hashicorp/aws:
no available releases match the given constraints ~> 6.0

To see which modules are currently depending on hashicorp/aws and what
versions are specified, run the following command:
    terraform providers
`;

const NO_REGISTRY = `╷
│ Error: Failed to query available provider packages
│ 
│ Could not retrieve the list of available versions for provider
│ hashicorp/google: could not connect to registry.terraform.io: failed to
│ request discovery document: no such host
╵
`;

describe("classifyDiagnostic", () => {
  test("a locked state, with who holds it", () => {
    expect(classify("Error acquiring the state lock", LOCK)).toMatchObject({
      kind: "state-locked",
      lock: {
        id: "d2ea7102-f693-2cdf-5d8f-7809dba42915",
        path: "yes/k",
        operation: "apply",
        who: "ann@laptop",
        version: "1.11.4",
        created: "2026-11-21 04:04:41.006234324 +0000 UTC",
      },
      message:
        "The state 'yes/k' is locked by ann@laptop (apply, since 2026-11-21 04:04:41.006234324 +0000 UTC)",
    });
    const untold = classify("Error acquiring the state lock", "Error message: AccessDenied");
    expect(untold.kind).toBe("state-locked");
    expect("lock" in untold).toBe(false);
  });

  test("a bucket that is not there, as people are told, in one error", () => {
    const diagnostics = parseHumanDiagnostics(NO_BUCKET);
    expect(diagnostics).toHaveLength(1);
    expect(classifyDiagnostic(diagnostics[0]!)).toMatchObject({
      kind: "state-backend-missing",
      message: "The state's bucket 'nope' does not exist",
      hint: "Create it with 'platc bootstrap'.",
    });
  });

  test("a bucket that is not there, as OpenTofu tells it", () => {
    const [diagnostic] = parseHumanDiagnostics(NO_BUCKET_OF_TOFU.replace(", NoSuchBucket", ""));
    expect(classifyDiagnostic(diagnostic!)).toMatchObject({
      kind: "state-backend-missing",
      message: "The state's backend does not exist",
    });
  });

  test("a provider that no mirror holds, with what there is and how to get it", () => {
    const mirror: ProviderMirror = {
      path: "/m",
      origin: "setting",
      providers: [{ source: "registry.terraform.io/hashicorp/aws", version: "5.100.0", layout: "unpacked" }],
    };
    const context = { mirrors: [mirror], platform: "linux_amd64" };
    expect(classifyDiagnostic(parseHumanDiagnostics(NO_VERSION)[0]!, context)).toMatchObject({
      kind: "missing-provider",
      provider: "hashicorp/aws",
      message: "The provider 'hashicorp/aws' ~> 6.0 is not to be had; there is 5.100.0 in '/m'",
      hint: expect.stringContaining("providers mirror -platform=linux_amd64 DIR") as unknown,
    });
    const byTofu = classifyDiagnostic(parseHumanDiagnostics(NO_VERSION)[0]!, {
      ...context,
      flavour: "opentofu",
    });
    expect(byTofu).toMatchObject({
      message: "The provider 'hashicorp/aws' ~> 6.0 is not to be had; there is 5.100.0 for Terraform in '/m'",
      hint: expect.stringContaining("'tofu providers mirror -platform=linux_amd64 DIR'") as unknown,
    });
    expect(classifyDiagnostic(parseHumanDiagnostics(NO_REGISTRY)[0]!)).toMatchObject({
      kind: "missing-provider",
      provider: "hashicorp/google",
      message: "The provider 'hashicorp/google' is in no mirror here, and its registry cannot be reached",
    });
  });

  test.each([
    ["Saved plan is stale", "The given plan file can no longer be applied", "stale-plan"],
    ["Unable to find remote state", "No stored state was found", "missing-remote-state"],
    ["Inconsistent dependency lock file", "The following dependency selections", "provider-lock"],
    [
      "Failed to install provider",
      "doesn't match any of the\nchecksums previously recorded",
      "provider-checksum",
    ],
    ["Backend initialization required", "Reason: Backend configuration block has changed", "backend-changed"],
    ["Module not installed", "This module is not yet installed.", "init-needed"],
    ["No valid credential sources found", "Please see", "credentials"],
    ["Failed to save state", "Error saving state: connection refused", "state-backend-unreachable"],
    ["Error releasing the state lock", "Error message: connection refused", "lock-not-released"],
  ])("%s", (summary, detail, kind) => {
    expect(classify(summary, detail, "data.terraform_remote_state.a").kind).toBe(kind);
  });

  const NO_CREDENTIALS = "No credentials for the cloud are found in this environment";
  const REFUSED = "The cloud refuses the credentials of this environment, or they have expired";
  const FOR_AWS = "Name a profile in AWS_PROFILE, or run 'aws configure' or 'aws sso login'.";
  const SEEN = "'platc doctor' says what is seen; a rehearsal needs none: --target rehearsal.";
  const AGAIN = (login: string) =>
    `Log in again ('${login}'), or take others; 'platc doctor' says which are seen.`;

  test.each([
    [
      "none for AWS",
      "No valid credential sources found",
      "Please see https://registry.terraform.io/providers/hashicorp/aws\nfor more information about providing credentials.\n\nError: failed to refresh cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata, canceled, context deadline exceeded",
      [NO_CREDENTIALS, `${FOR_AWS} ${SEEN}`],
    ],
    [
      "a login to AWS that has ended",
      "No valid credential sources found",
      "Error: failed to refresh cached credentials, refresh cached SSO token failed, unable to refresh SSO token, operation error SSO OIDC: CreateToken, https response error StatusCode: 400, InvalidGrantException:",
      [REFUSED, AGAIN("aws sso login")],
    ],
    [
      "a key that AWS does not know",
      "Retrieving AWS account details: validating provider credentials: retrieving caller identity from STS: operation error STS: GetCallerIdentity, https response error StatusCode: 403, RequestID: x, api error InvalidClientTokenId: The security token included in the request is invalid.",
      "",
      [REFUSED, AGAIN("aws sso login")],
    ],
    [
      "a profile that is not there",
      "failed to get shared config profile, nope",
      "",
      [
        "There is no AWS profile 'nope' on this machine",
        "'aws configure list-profiles' lists those that are there: name one in AWS_PROFILE, or make it with 'aws configure sso'.",
      ],
    ],
    [
      "none for Azure",
      "unable to build authorizer for Resource Manager API: could not configure AzureCli Authorizer: obtaining tenant ID: running Azure CLI: exit status 1: ERROR: Please run 'az login' to setup account.",
      "",
      [
        NO_CREDENTIALS,
        `Run 'az login', or set ARM_TENANT_ID and ARM_CLIENT_ID with ARM_CLIENT_SECRET or ARM_USE_OIDC. ${SEEN}`,
      ],
    ],
    [
      "a login to Azure that has ended",
      "could not acquire access token",
      "running Azure CLI: exit status 1: ERROR: AADSTS700082: The refresh token has expired due to inactivity.",
      [REFUSED, AGAIN("az login")],
    ],
    [
      "none for Google",
      "Attempted to load application default credentials since neither `credentials` nor `access_token` was set",
      "google: could not find default credentials. See https://cloud.google.com/docs/authentication/external/set-up-adc",
      [
        NO_CREDENTIALS,
        `Run 'gcloud auth application-default login', or name a key file in GOOGLE_APPLICATION_CREDENTIALS. ${SEEN}`,
      ],
    ],
  ])("credentials: %s", (_, summary, detail, said) => {
    const { kind, message, hint } = classify(summary, detail);
    expect([kind, message, hint]).toEqual(["credentials", ...said]);
  });

  test("all else in Terraform's words", () => {
    expect(classify("creating S3 Bucket (a)", "BucketAlreadyExists", "aws_s3_bucket.a")).toEqual({
      kind: "diagnostic",
      message: "creating S3 Bucket (a)",
      hint: "BucketAlreadyExists",
      diagnostic: {
        severity: "error",
        summary: "creating S3 Bucket (a)",
        detail: "BucketAlreadyExists",
        address: "aws_s3_bucket.a",
      },
    });
  });
});

test("parseHumanDiagnostics finds the file and line, and leaves warnings marked", () => {
  const text = `\u001b[33m╷\u001b[0m
│ Warning: Deprecated
│ 
╵
╷
│ Error: Unsupported argument
│ 
│   on main.tf.json line 3, in resource.a.b:
│    3:   "x": 1
│ 
│ An argument named "x" is not expected here.
╵
`;
  expect(parseHumanDiagnostics(text)).toEqual([
    { severity: "warning", summary: "Deprecated", detail: "" },
    {
      severity: "error",
      summary: "Unsupported argument",
      detail: 'An argument named "x" is not expected here.',
      range: { filename: "main.tf.json", start: { line: 3, column: 1 }, end: { line: 3, column: 1 } },
    },
  ]);
});
