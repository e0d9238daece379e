/**
 * What a person writes in a platform spec. The JSON schema that editors and platc itself use is generated
 * from this file (`npm run schema`), so its comments are what a user reads while typing.
 */

import type { WrittenCompose } from "./written-compose.ts";
import type { WrittenPipelines } from "./written-pipelines.ts";
import type { WrittenQuality, WrittenQualityCheck, WrittenSqlCheck } from "./written-quality.ts";
import type { WrittenStep } from "./written-steps.ts";

/**
 * A name: lower-case letters, digits and single dashes, beginning with a letter.
 * @pattern ^(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$
 * @patternErrorMessage a name is lower-case letters, digits and single dashes, beginning with a letter, like 'raw-layer'
 */
export type Name = string;

/**
 * A Terraform identifier: letters, digits, underscores and dashes, not beginning with a digit.
 * @pattern ^[A-Za-z_][A-Za-z0-9_-]*$
 * @patternErrorMessage Terraform takes letters, digits, '_' and '-', and no digit at the beginning
 */
export type Identifier = string;

/** Your own data, under names of your choice: the only open map of a spec. Templates read it as `{{vars.NAME}}`. */
export interface WrittenVars {
  [name: string]: unknown;
}

/** Any arguments that Terraform takes here; strings may be templates. */
export interface WrittenArguments {
  [name: string]: unknown;
}

/** A data platform: its environments, customers, apps and stacks. */
export interface WrittenPlatform {
  /** Version of the spec language. */
  version: 1;
  /** Name of the platform: the folder in `out/`, and `{{platform.name}}`. */
  platform: Name;
  /** One sentence for people. */
  description?: string;
  /** More files of this spec, by path or glob relative to this file. They may hold any keys but `version` and `platform`. */
  include?: string | string[];
  /**
   * The order of work within an environment and customer.
   * @default ["provision", "configure", "deploy", "test"]
   */
  stages?: Name[];
  terraform?: WrittenTerraform;
  state: WrittenState;
  vars?: WrittenVars;
  /** Where the platform runs. Shared environments, such as `global`, hold what the others use. */
  environments: { [name: string]: WrittenEnvironment | null };
  /** The tenants of the platform. */
  customers?: { [name: string]: WrittenCustomer | null };
  /** What is deployed for people. */
  apps?: { [name: string]: WrittenApp | null };
  /** Secrets and values given per run, as `TF_VAR_NAME`; templates read them as `{{var.NAME}}`. */
  variables?: { [name: string]: WrittenVariable | null };
  /** The root modules: one state each. */
  stacks: { [name: string]: WrittenStack };
  /** What is expected of data, by name; checks of kind `quality` hold data against it. */
  quality?: { [name: string]: WrittenQuality };
  /** What Airflow runs; `platc generate airflow` writes it out. */
  pipelines?: WrittenPipelines;
  /** What a developer runs on the own machine; `platc generate compose` writes it out. */
  compose?: WrittenCompose;
  /** What `platc ci` writes workflows by. */
  ci?: WrittenCi;
}

/** Settings of Terraform that all stacks share. */
export interface WrittenTerraform {
  /**
   * The program that runs the stacks: `tofu` is OpenTofu. Left out, it is the first of the two on the `PATH`.
   * `PLATC_TERRAFORM` in the environment wins over it.
   */
  command?: "terraform" | "tofu";
  /** Version constraint of that program, in Terraform's own syntax, such as ">= 1.10". */
  required_version?: string;
  /** Providers by local name, `aws`, or by local name and alias, `aws.us`. A stack gets only those that its modules need. */
  providers?: { [name: string]: WrittenProvider | null };
}

export interface WrittenProvider {
  /** Source address, such as `hashicorp/aws`. An alias takes it from the provider that it belongs to. */
  source?: string;
  /** Version constraint, such as "~> 5.100". */
  version?: string;
  /** Arguments of the provider block. */
  config?: WrittenArguments;
}

/** Where Terraform states lie. */
export interface WrittenState {
  /** Terraform's backend. */
  backend: "s3" | "azurerm" | "gcs" | "pg" | "local" | "http";
  /** Arguments of the backend block. They must be known at compile time. */
  config?: WrittenArguments;
  /**
   * Where the state of a stack lies in the backend; it must differ for every stack.
   * @default "{{platform.name}}/{{stack.address}}/terraform.tfstate"
   */
  key?: string;
  /** The stack that makes the backend itself; `platc bootstrap` applies it first and moves its state into what it made. */
  bootstrap?: Name;
}

/** A change of where states lie. */
export interface WrittenStateLayer {
  backend?: "s3" | "azurerm" | "gcs" | "pg" | "local" | "http";
  /** Arguments of the backend block. They must be known at compile time. */
  config?: WrittenArguments;
  /** Where the state of the stack lies in the backend. */
  key?: string;
}

export interface WrittenEnvironment {
  /** One sentence for people. */
  description?: string;
  /** Holds what other environments use; stacks are not made here unless they name it. */
  shared?: boolean;
  /** The environment that a stack must be proven in before it comes here. */
  after?: Name;
  /** Whether a run here waits for `platc approve`. */
  approval?: "manual" | "none";
  /** May be left out on the way to the environments after it. */
  optional?: boolean;
  /** What a run talks to: the cloud, a local AWS API, or a rehearsal of the cloud on this machine. */
  target?: "cloud" | "emulator" | "rehearsal";
  vars?: WrittenVars;
  /** A layer over any key of the stacks in this environment. */
  stacks?: { [name: string]: WrittenStackLayer | null };
}

export interface WrittenCustomer {
  /** One sentence for people. */
  description?: string;
  vars?: WrittenVars;
  /** The apps that this customer has. */
  apps?: Name[];
  /** The environments that this customer is in, with layers of its own; all that are not shared if left out. */
  environments?: { [name: string]: WrittenCustomerEnvironment | null };
  /** A layer over any key of this customer's stacks. */
  stacks?: { [name: string]: WrittenStackLayer | null };
}

export interface WrittenCustomerEnvironment {
  vars?: WrittenVars;
  /** A layer over any key of this customer's stacks in this environment. */
  stacks?: { [name: string]: WrittenStackLayer | null };
}

export interface WrittenApp {
  /** One sentence for people. */
  description?: string;
  /** The container image of the app. */
  image?: WrittenImage;
  vars?: WrittenVars;
}

export interface WrittenImage {
  /** Folder of the Dockerfile, beside the spec. */
  context: string;
  /** Registry that the image is pushed to. */
  registry?: string;
}

export interface WrittenVariable {
  /** One sentence for people. */
  description?: string;
  /**
   * Terraform's type of the variable.
   * @default "string"
   */
  type?: string;
  /** Kept out of everything that platc and Terraform show. */
  sensitive?: boolean;
  /** The value if none is given; a sensitive variable has none. */
  default?: unknown;
}

/** The keys of a stack; a layer may change any of them. */
export interface WrittenStackLayer {
  /** One sentence for people. */
  description?: string;
  /**
   * The last part of the stack's address, its folder and state key; the stack's name if left out.
   * @pattern ^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$
   * @patternErrorMessage an address is lower-case letters, digits and single dashes, with '/' between its folders, like 'storage/raw'
   */
  address?: string;
  /** The environments that have this stack; all that are not shared if left out. */
  environments?: Name[];
  /**
   * One stack per environment, or one per customer and environment.
   * @default "environment"
   */
  per?: "environment" | "customer";
  /** The app that the stack belongs to: with `per: customer` only customers that have the app get one. */
  app?: Name;
  /** One stack, with a state of its own, for each key of this map (or each text of this list); `{{each.key}}` and `{{each.value}}`. */
  for_each?: unknown;
  /** The stage that the stack belongs to; the first one if left out. */
  stage?: Name;
  /** The module that the stack calls: `aws/s3-bucket` is `modules/aws/s3-bucket`. */
  module?: string;
  /** Inputs of the module. */
  inputs?: WrittenArguments;
  /** Also fills every input of the module that has the name of an entry of `vars`. */
  inputs_from?: "vars";
  /** Several module calls in one stack, by name; outputs are then `{{outputs.STACK.CALL.OUTPUT}}`. */
  modules?: { [name: string]: WrittenModuleCallLayer };
  /** Maps a provider that the modules require to one of the platform (`aws.target: aws.us`), or lays over its config. */
  providers?: { [name: string]: string | WrittenArguments };
  /** Stacks that come first although no value is read from them. */
  after?: (string | WrittenAfter)[];
  /** Data sources: existing resources, by type and name. */
  data?: { [type: string]: { [name: string]: WrittenArguments } };
  /** Resources of the stack itself, by type and name, with Terraform's meta-arguments. */
  resources?: { [type: string]: { [name: string]: WrittenArguments } };
  /** Outputs beside those of the modules. */
  outputs?: { [name: string]: WrittenOutput };
  /** Where the state of this stack lies, if elsewhere. */
  state?: WrittenStateLayer;
  /** What `address` (or else the stack's name) was earlier; the state is carried over. */
  moved?: string[];
  /** Terraform's own refactoring: `moved`, `import` and `removed` blocks. */
  refactor?: WrittenRefactor;
  /**
   * Terraform's own `check` blocks, by name: conditions that each plan and apply of the stack looks at. One that failed
   * is looked at again until it holds, also where the stack is up to date.
   */
  assertions?: { [name: string]: WrittenAssertion };
  /** What is done beside Terraform after an apply and before the checks, by name. */
  steps?: { [name: string]: WrittenStep };
  /** Smoke tests after an apply, by name. */
  checks?: { [name: string]: WrittenCheck };
  /**
   * Whether unchanged stacks are read again by Terraform at each run.
   * @default "changed"
   */
  refresh?: "changed" | "always";
  /** Raw Terraform JSON laid over what platc writes: the way out. References there are Terraform's own. */
  extra?: WrittenArguments;
}

export interface WrittenStack extends WrittenStackLayer {
  /** Several module calls in one stack, by name; outputs are then `{{outputs.STACK.CALL.OUTPUT}}`. */
  modules?: { [name: string]: WrittenModuleCall };
}

export interface WrittenModuleCallLayer {
  /** The module: `aws/s3-bucket` is `modules/aws/s3-bucket`. */
  module?: string;
  /** Inputs of the module. */
  inputs?: WrittenArguments;
  /** Also fills every input of the module that has the name of an entry of `vars`. */
  inputs_from?: "vars";
  /** Maps a provider of the module to one of the platform. */
  providers?: { [name: string]: string };
  /** Module calls of this stack that come first although no value is read from them. */
  depends_on?: Identifier[];
}

export interface WrittenModuleCall extends WrittenModuleCallLayer {
  /** The module: `aws/s3-bucket` is `modules/aws/s3-bucket`. */
  module: string;
}

export interface WrittenAfter {
  /** Name of the stack that comes first. */
  stack: Name;
  /** Its environment, if another one. */
  environment?: Name;
  /** Its customer, or `*` for all. */
  customer?: string;
  /** Its key, if it has `for_each`. */
  each?: string;
}

export interface WrittenOutput {
  /** What the output holds; may be a template. */
  value: unknown;
  /** One sentence for people. */
  description?: string;
  sensitive?: boolean;
}

export interface WrittenRefactor {
  /** Resources or modules that have a new address within the stack. */
  moved?: WrittenMovedBlock[];
  /** Existing resources that the stack takes over. */
  import?: WrittenImportBlock[];
  /** Resources that the stack gives up, with or without destroying them. */
  removed?: WrittenRemovedBlock[];
}

export interface WrittenMovedBlock {
  /** The earlier address in the stack, as in `module.raw.aws_s3_bucket.this`. */
  from: string;
  /** The address that it has now. */
  to: string;
}

export interface WrittenImportBlock {
  /** The address in the stack, as in `module.raw.aws_s3_bucket.this`. */
  to: string;
  /** What its provider knows it by. */
  id: string;
}

export interface WrittenRemovedBlock {
  /** The address in the stack that it had. */
  from: string;
  /**
   * Whether it is destroyed; with `false` it goes on to exist and Terraform forgets it.
   * @default true
   */
  destroy?: boolean;
  /** The same as Terraform's own block has it: `lifecycle: { destroy: false }`. */
  lifecycle?: WrittenRemovedLifecycle;
}

export interface WrittenRemovedLifecycle {
  destroy: boolean;
}

export interface WrittenAssertion {
  /** Terraform expression that must hold. */
  condition: string;
  /** What is shown when it does not hold. */
  error_message: string;
}

/** A smoke test: settings and exactly one kind. */
export interface WrittenCheck {
  /** One sentence for people. */
  description?: string;
  /** Checks of this stack that come first. */
  after?: Name[];
  /** Where it can be tried, if not everywhere: an emulator has no hosts to log in to. It is skipped elsewhere, and says so. */
  targets?: ("cloud" | "emulator")[];
  /**
   * How often it is tried before it counts as failed.
   * @default 3
   * @minimum 1
   */
  attempts?: number;
  /**
   * Seconds between two tries.
   * @default 2
   * @minimum 0
   */
  interval?: number;
  /**
   * Seconds that one try may take.
   * @default 30
   * @minimum 0
   */
  timeout?: number;
  /** An HTTP request and what its answer must be. */
  http?: WrittenHttpCheck;
  /** A TCP port that must be open, or closed. */
  tcp?: WrittenTcpCheck;
  /** A program that must exit with 0. */
  command?: WrittenCommandCheck;
  /** An object of S3 written, read and removed, or an object whose content is compared. */
  s3?: WrittenS3Check;
  /** A Lambda function invoked, and what it must answer. */
  lambda?: WrittenLambdaCheck;
  /** A Glue job run until it has succeeded. */
  glue?: WrittenGlueCheck;
  /** A query on PostgreSQL, and what it must find. */
  sql?: WrittenSqlCheck;
  /** Files in S3, or a table of PostgreSQL, held against an entry of `quality`. */
  quality?: WrittenQualityCheck;
}

export interface WrittenHttpCheck {
  url: string;
  /**
   * @default "GET"
   */
  method?: "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "OPTIONS" | "PATCH";
  headers?: { [name: string]: string };
  body?: string;
  /**
   * The status, or the statuses, that are right.
   * @default 200
   */
  status?: number | number[];
  /** Text that the body must hold. */
  contains?: string;
  /** Values that the JSON body must hold, by dotted path. */
  json?: { [path: string]: unknown };
}

export interface WrittenTcpCheck {
  host: string;
  port: number | string;
  /**
   * @default "open"
   */
  expect?: "open" | "closed";
}

export interface WrittenCommandCheck {
  /** Program and arguments; no shell. */
  run: string[];
  /** More environment variables. */
  env?: { [name: string]: string };
  /** Folder beside the spec in which it runs; the spec's own if left out. */
  cwd?: string;
  /** Text that its output must hold. */
  contains?: string;
}

export interface WrittenS3Check {
  bucket: string;
  /** Key of the object; without it, a new object is written, read back and removed. */
  key?: string;
  /** File beside the spec that the object must equal, as JSON if both are JSON. */
  equals?: string;
  /** Text that the object must hold. */
  contains?: string;
  /** Also checks that a reader without credentials is refused. */
  private?: boolean;
}

export interface WrittenLambdaCheck {
  function: string;
  payload?: unknown;
  expect?: {
    /** `null`: no function error. */
    functionError?: string | null;
    /** Values that the JSON answer must hold, by dotted path. */
    json?: { [path: string]: unknown };
  };
}

export interface WrittenGlueCheck {
  job: string;
  arguments?: { [name: string]: string };
  /**
   * The state that the run must end in.
   * @default "SUCCEEDED"
   */
  expect?: "SUCCEEDED" | "FAILED" | "TIMEOUT" | "STOPPED" | "ERROR";
}

/** Settings of continuous integration. */
export interface WrittenCi {
  /** The workflow that `platc ci github` writes. */
  github?: WrittenGithub;
}

export interface WrittenGithub {
  /**
   * Label of the runners.
   * @default "ubuntu-latest"
   * @pattern ^[A-Za-z0-9][A-Za-z0-9._-]*$
   * @patternErrorMessage a runner's label is letters, digits, '.', '_' and '-', like 'ubuntu-latest'
   */
  runner?: string;
  /**
   * The branch that pull requests go to, and whose commits are applied.
   * @default "main"
   * @pattern ^[A-Za-z0-9][A-Za-z0-9._/-]*$
   * @patternErrorMessage a branch here is letters, digits, '.', '_', '/' and '-', like 'main'
   */
  branch?: string;
  /**
   * Version of Node.js.
   * @default "22"
   * @pattern ^[0-9]+(\.[0-9]+)*$
   * @patternErrorMessage a version of Node.js is numbers with '.' between them, like '22'
   */
  node?: string;
  /**
   * What its runs talk to, also where an environment names another target for itself.
   * @default "cloud"
   */
  target?: "cloud" | "emulator" | "rehearsal";
  /**
   * Whether a pull request is rehearsed on top of its base, with no cloud and no identity: every environment, none, or
   * those named. If left out, every environment, where platc or the project has a schema of all that is used.
   */
  rehearse?: boolean | string[];
  /**
   * When what is applied is compared with what is there, as `platc drift` does: a schedule of cron, in UTC, such as
   * '17 5 * * *'. There is a job for each environment, which fails where something has drifted. Never if left out.
   */
  drift?: string;
  /** The roles that it takes in AWS, by OpenID Connect. */
  aws?: WrittenGithubAws;
  /** The identities that it takes in Azure, by OpenID Connect. */
  azure?: WrittenGithubAzure;
}

/**
 * ARN of a role.
 * @pattern ^arn:[a-z-]+:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$
 * @patternErrorMessage a role is named by its ARN, like 'arn:aws:iam::123456789012:role/d2b-plan'
 */
export type RoleArn = string;

/**
 * A UUID.
 * @pattern ^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$
 * @patternErrorMessage Azure names it by a UUID, like '00000000-0000-0000-0000-000000000000'
 */
export type Uuid = string;

export interface WrittenGithubAws {
  /**
   * Region that the roles are taken in; the region of the provider 'aws' if left out.
   * @pattern ^[a-z]{2}(-[a-z]+)+-[0-9]+$
   * @patternErrorMessage a region is written like 'eu-central-1'
   */
  region?: string;
  /** The role that plans: output `plan_role_arn` of the module `aws/github-oidc`. The variable PLATC_AWS_ROLE of the repository if left out. */
  plan_role?: RoleArn;
  /** The role that applies, by environment: output `apply_role_arns` of the module. The variable PLATC_AWS_ROLE of the environment where left out. */
  apply_roles?: { [name: string]: RoleArn };
}

export interface WrittenGithubAzure {
  tenant_id?: Uuid;
  subscription_id?: Uuid;
  /** The identity that plans, and that applies where `client_ids` names no other. The variable PLATC_AZURE_CLIENT_ID if left out. */
  client_id?: Uuid;
  /** The identity that applies, by environment. */
  client_ids?: { [name: string]: Uuid };
}
