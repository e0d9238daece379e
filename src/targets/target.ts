import type { TargetKind } from "../spec/platform.ts";
import type { StackFolder } from "../disk/stack-folder.ts";
import { type Environment, isAwsSetting } from "../terraform/child-environment.ts";
import type { TerraformError } from "../terraform/terraform-error.ts";
import type { Refusal } from "./given-endpoint.ts";

/** What a run works against. */
export interface Target {
  readonly kind: TargetKind;
  /** What evidence is filed under: what one target proves says nothing about another. */
  readonly identity: string;
  /** For people, one line. */
  readonly description: string;
  /** Then nothing of the user's AWS settings may reach Terraform, stores or checks. */
  readonly isAwsEmulated: boolean;
  /** Laid over the environment of Terraform's processes, of stores and of checks. */
  readonly additions: Readonly<Record<string, string>>;
  /** Opens what Terraform needs for a stack, by its address. */
  readonly attach?: (address: string) => Promise<Attachment>;
  /** Looks at what init has laid out for a stack, before anything is planned; says why nothing may be. */
  readonly guard?: (address: string, folder: StackFolder) => Promise<Refusal | undefined>;
  /** Says an error of Terraform in words that fit the target. */
  readonly explain?: (address: string, error: TerraformError) => TerraformError;
}

/** What one Terraform process gets beside the additions, while it runs. */
export interface Attachment {
  readonly environment: Readonly<Record<string, string>>;
  readonly detach: () => Promise<void>;
}

/** The environment of platc's own stores and checks on a target: what Terraform's processes see of AWS, and no other. */
export function targetEnvironment(target: Target, environment: Environment): Environment {
  const kept = Object.entries(environment).filter(([name]) => !target.isAwsEmulated || !isAwsSetting(name));
  return { ...Object.fromEntries(kept), ...target.additions };
}
