import { ACTIONS, usesAction } from "./actions.ts";
import type { GithubModel } from "./github-model.ts";
import { literalText } from "./literal-text.ts";
import { SCRIPTS } from "./scripts.ts";
import type { Step, Tree } from "./workflow-tree.ts";

/** Checks out the commit, with nothing left behind that could push, and installs platc at the version of the project. */
export function setUpSteps(history: "all" | "none"): readonly Step[] {
  return [
    {
      uses: usesAction(ACTIONS.checkout),
      with: { "persist-credentials": false, ...(history === "all" && { "fetch-depth": 0 }) },
    },
    {
      uses: usesAction(ACTIONS.setupNode),
      with: { "node-version": "${{ env.NODE_VERSION }}", cache: "npm" },
    },
    { name: "Install platc", run: SCRIPTS.install },
  ];
}

/** Puts OpenTofu on the PATH, where the spec asks for it: without the wrapper, which no plain program is. */
export function tofuSteps({ openTofu }: GithubModel): readonly Step[] {
  if (openTofu === undefined) return [];
  return [
    {
      name: "Set up OpenTofu",
      uses: usesAction(ACTIONS.setupOpenTofu),
      with: { tofu_version: literalText(openTofu), tofu_wrapper: false },
    },
  ];
}

/** Takes an identity in the clouds by OpenID Connect, and the cache of Terraform and providers. */
export function cloudSteps({ aws, azure }: GithubModel): readonly Step[] {
  return [
    {
      id: "cache",
      uses: usesAction(ACTIONS.cache),
      with: {
        path: ".platc/plugins\n~/.cache/platc\n",
        key: "platc-${{ runner.os }}-${{ runner.arch }}-${{ hashFiles('**/.terraform.lock.hcl') }}",
      },
    },
    ...(aws === undefined
      ? []
      : [
          {
            name: "Take the role in AWS",
            uses: usesAction(ACTIONS.awsCredentials),
            with: {
              "role-to-assume": "${{ env.AWS_ROLE }}",
              "aws-region": "${{ env.AWS_REGION }}",
              "mask-aws-account-id": true,
            },
          },
        ]),
    ...(azure === undefined
      ? []
      : [
          {
            name: "Sign in to Azure",
            uses: usesAction(ACTIONS.azureLogin),
            with: {
              "client-id": "${{ env.ARM_CLIENT_ID }}",
              "tenant-id": "${{ env.ARM_TENANT_ID }}",
              "subscription-id": "${{ env.ARM_SUBSCRIPTION_ID }}",
            },
          },
        ]),
  ];
}

/** What comes before Terraform in a job that works on a cloud. */
export function terraformSteps(model: GithubModel): readonly Step[] {
  return [...setUpSteps("none"), ...tofuSteps(model), ...cloudSteps(model)];
}

/** Who a job is in the clouds that only reads there. */
export function plannerEnv(model: GithubModel): Readonly<Record<string, Tree>> {
  return cloudEnv(model, { awsRole: model.aws?.planRole, azureClientId: model.azure?.clientId });
}

/** Who a job is in the clouds, for the steps that sign in and for Terraform. */
export function cloudEnv(
  { aws, azure }: GithubModel,
  identity: { readonly awsRole: string | undefined; readonly azureClientId: string | undefined },
): Readonly<Record<string, Tree>> {
  return {
    TF_PLUGIN_CACHE_DIR: "${{ github.workspace }}/.platc/plugins",
    ...(aws && {
      AWS_ROLE: given(identity.awsRole, "${{ vars.PLATC_AWS_ROLE }}"),
      AWS_REGION: literalText(aws.region),
    }),
    ...(azure && {
      ARM_USE_OIDC: "true",
      ARM_CLIENT_ID: given(identity.azureClientId, "${{ vars.PLATC_AZURE_CLIENT_ID }}"),
      ARM_TENANT_ID: given(azure.tenantId, "${{ vars.PLATC_AZURE_TENANT_ID }}"),
      ARM_SUBSCRIPTION_ID: given(azure.subscriptionId, "${{ vars.PLATC_AZURE_SUBSCRIPTION_ID }}"),
    }),
  };
}

/** Values of Terraform's variables, for the one step that runs Terraform. */
export function variableEnv({ variables }: GithubModel): Readonly<Record<string, Tree>> {
  return Object.fromEntries(
    variables
      .filter((name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      .map((name) => [
        `TF_VAR_${name}`,
        `\${{ secrets.TF_VAR_${name.toUpperCase()} || vars.TF_VAR_${name.toUpperCase()} }}`,
      ]),
  );
}

/** Shows the reports on the page of the run, and keeps them. */
export function reportSteps(artifact: string): readonly Step[] {
  return [
    { name: "Show the report", if: "always()", run: SCRIPTS.summary },
    {
      name: "Keep the reports",
      if: "always()",
      uses: usesAction(ACTIONS.uploadArtifact),
      with: {
        name: artifact,
        path: "report",
        "if-no-files-found": "ignore",
        overwrite: true,
        "retention-days": 30,
      },
    },
  ];
}

/** Scopes of a job that signs in to a cloud. */
export function cloudPermissions({ aws, azure }: GithubModel): Readonly<Record<string, Tree>> {
  return { contents: "read", ...((aws ?? azure) && { "id-token": "write" }) };
}

function given(text: string | undefined, otherwise: string): string {
  return text === undefined ? otherwise : literalText(text);
}
