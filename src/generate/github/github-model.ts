/** Everything that a workflow is written by: names and texts of the user, and the shape of the platform. */
export interface GithubModel {
  readonly platform: string;
  /** From the project root. */
  readonly specPath: string;
  readonly workflowPath: string;
  readonly runner: string;
  readonly branch: string;
  readonly node: string;
  readonly target: string;
  /** The version of OpenTofu that jobs set up; undefined where platc finds or installs Terraform. */
  readonly openTofu: string | undefined;
  /** The files that a change of makes the workflow run: paths and globs of GitHub. */
  readonly triggers: readonly string[];
  /** Whether nothing is planned or applied: then what is merged is rehearsed too. */
  readonly isRehearsalOnly: boolean;
  /** Whether pull requests are rehearsed, in any environment. */
  readonly isRehearsed: boolean;
  /** When drift is looked for, as a schedule of cron; undefined where it never is. */
  readonly drift: string | undefined;
  /** In the order that they are applied in. */
  readonly environments: readonly GithubEnvironment[];
  readonly aws: GithubAws | undefined;
  readonly azure: GithubAzure | undefined;
  /** Names of secrets that Terraform takes as variables. */
  readonly variables: readonly string[];
  readonly images: GithubImages | undefined;
}

export interface GithubEnvironment {
  readonly name: string;
  /** How many waves its stacks come in. */
  readonly waves: number;
  /** Whether what is shown waits for people. */
  readonly needsApproval: boolean;
  /** Environments whose stacks come before, those that may be left out among them. */
  readonly after: readonly string[];
  /** Those of `after` without which nothing is applied here. */
  readonly heldBy: readonly string[];
  /** Whether images are pushed before anything is applied here. */
  readonly needsImages: boolean;
  readonly awsRole: string | undefined;
  readonly azureClientId: string | undefined;
}

export interface GithubAws {
  readonly region: string;
  readonly planRole: string | undefined;
}

export interface GithubAzure {
  readonly tenantId: string | undefined;
  readonly subscriptionId: string | undefined;
  readonly clientId: string | undefined;
}

export interface GithubImages {
  /** Environments that hold a registry: they are applied before an image is built. */
  readonly after: readonly string[];
}
