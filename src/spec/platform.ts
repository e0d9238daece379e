import type { Range } from "../source/source.ts";
import type { TerraformProgram } from "../text/flavour.ts";
import type { MapNode, SpecNode } from "./node.ts";

/** What a spec means: every key filled in, every name known, layers not yet laid over each other. */
export interface PlatformSpec {
  readonly name: string;
  readonly range: Range;
  readonly stages: readonly string[];
  /** What runs the stacks, where the spec says it. */
  readonly command: TerraformProgram | undefined;
  readonly requiredVersion: string | undefined;
  readonly requiredVersionRange: Range | undefined;
  readonly providers: ReadonlyMap<string, ProviderSpec>;
  readonly state: MapNode;
  readonly bootstrap: string | undefined;
  readonly vars: MapNode;
  readonly environments: ReadonlyMap<string, EnvironmentSpec>;
  readonly customers: ReadonlyMap<string, CustomerSpec>;
  readonly apps: ReadonlyMap<string, AppSpec>;
  readonly variables: ReadonlyMap<string, VariableSpec>;
  readonly stacks: ReadonlyMap<string, StackSpec>;
  readonly quality: ReadonlyMap<string, QualitySpec>;
  /** What Airflow runs, as it was written; templates differ by environment. */
  readonly pipelines: MapNode | undefined;
  /** What is run on the own machine, as it was written; templates differ by environment and customer. */
  readonly compose: MapNode | undefined;
  readonly github: GithubSpec;
}

/** One provider configuration: `aws` is the default one of its provider, `aws.us` the alias `us`. */
export interface ProviderSpec {
  readonly key: string;
  readonly localName: string;
  readonly alias: string | undefined;
  readonly source: string | undefined;
  readonly version: string | undefined;
  readonly config: MapNode;
  readonly range: Range;
  readonly node: MapNode;
}

export type TargetKind = "cloud" | "emulator" | "rehearsal";

export interface EnvironmentSpec {
  readonly name: string;
  readonly range: Range;
  readonly isShared: boolean;
  readonly after: string | undefined;
  readonly needsApproval: boolean;
  readonly isOptional: boolean;
  readonly target: TargetKind;
  readonly vars: MapNode;
  readonly stackLayers: ReadonlyMap<string, MapNode>;
  readonly node: MapNode;
}

export interface CustomerSpec {
  readonly name: string;
  readonly range: Range;
  readonly apps: readonly string[];
  readonly vars: MapNode;
  readonly stackLayers: ReadonlyMap<string, MapNode>;
  readonly environments: ReadonlyMap<string, CustomerEnvironmentSpec>;
  readonly node: MapNode;
}

export interface CustomerEnvironmentSpec {
  readonly vars: MapNode;
  readonly stackLayers: ReadonlyMap<string, MapNode>;
  readonly node: MapNode;
}

export interface AppSpec {
  readonly name: string;
  readonly range: Range;
  readonly image: ImageSpec | undefined;
  readonly vars: MapNode;
  readonly node: MapNode;
}

/** The image of an app: the folder of its Dockerfile from the spec's own, and the registry as it was written. */
export interface ImageSpec {
  readonly context: string;
  readonly contextRange: Range;
  /** What the files of the folder make it: another content, another tag; undefined before they are read, and where there is a fault. */
  readonly tag: string | undefined;
  /** Why nothing can be built from the folder. */
  readonly fault: ImageFault | undefined;
  readonly registry: SpecNode | undefined;
}

/** The folder is not in the project, or it holds no file, or no Dockerfile. */
export type ImageFault = "outside" | "empty" | "without-dockerfile";

/** A Terraform input variable that every stack which reads it declares. */
export interface VariableSpec {
  readonly name: string;
  readonly range: Range;
  readonly description: string | undefined;
  readonly type: string;
  readonly isSensitive: boolean;
  readonly node: MapNode;
}

/** A stack as it was written, below all layers. */
export interface StackSpec {
  readonly name: string;
  readonly range: Range;
  readonly node: MapNode;
}

/** What is expected of data, as it was written. */
export interface QualitySpec {
  readonly name: string;
  readonly range: Range;
  readonly node: MapNode;
}

/** What the workflow for GitHub is written by. */
export interface GithubSpec {
  readonly runner: string;
  readonly branch: string;
  readonly node: string;
  readonly target: TargetKind;
  /** Environments that pull requests are rehearsed in; nothing is said where it was left out. */
  readonly rehearse: "all" | readonly string[] | undefined;
  /** A schedule of cron. */
  readonly drift: string | undefined;
  /** As written. */
  readonly settings: MapNode;
  readonly aws: GithubAwsSpec;
  readonly azure: GithubAzureSpec;
}

export interface GithubAwsSpec {
  readonly region: string | undefined;
  readonly planRole: string | undefined;
  readonly applyRoles: ReadonlyMap<string, string>;
  readonly node: MapNode;
}

export interface GithubAzureSpec {
  readonly tenantId: string | undefined;
  readonly subscriptionId: string | undefined;
  readonly clientId: string | undefined;
  readonly clientIds: ReadonlyMap<string, string>;
  readonly node: MapNode;
}
