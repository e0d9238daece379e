import type { Range } from "../source/source.ts";
import type { MapNode, SpecNode } from "../spec/node.ts";
import type { EnvironmentSpec, StackSpec } from "../spec/platform.ts";
import type { Value, ValueMap } from "../templates/value.ts";

/** One layer of a stack's definition and where it comes from, lowest first. */
export interface Layer {
  readonly origin: "stack" | "environment" | "customer" | "customer in environment";
  readonly node: MapNode;
}

/** Where a stack of the spec really is: one environment, perhaps one customer and one key of `for_each`. */
export interface StackInstance {
  readonly spec: StackSpec;
  readonly name: string;
  readonly environment: EnvironmentSpec;
  readonly customer: string | undefined;
  readonly each: EachKey | undefined;
  readonly app: string | undefined;
  readonly address: string;
  readonly stage: string;
  readonly layers: readonly Layer[];
  /** All layers laid over each other. */
  readonly definition: MapNode;
}

export interface EachKey {
  readonly key: string;
  readonly value: Value;
}

/** A value of a stack together with the place that it was written at, for pointing at parts of it. */
export interface Placed {
  readonly value: Value;
  readonly node: SpecNode;
  readonly keyRange: Range;
  /** The module that takes it by `inputs_from`; undefined where it is written under `inputs`. */
  readonly takenBy?: Range;
}

export interface ModuleCall {
  readonly name: string;
  /** As written: `aws/s3-bucket`. */
  readonly source: string;
  readonly sourceRange: Range;
  readonly inputs: ReadonlyMap<string, Placed>;
  readonly providers: ReadonlyMap<string, string>;
  readonly dependsOn: readonly string[];
  readonly range: Range;
}

/** A provider configuration that a stack has. */
export interface ProviderUse {
  readonly localName: string;
  readonly alias: string | undefined;
  readonly config: ValueMap;
  readonly range: Range;
}

export interface StateLocation {
  readonly backend: string;
  readonly config: ValueMap;
  readonly key: string;
  readonly range: Range;
}

export interface OutputSpec {
  readonly value: Value;
  readonly description: string | undefined;
  readonly isSensitive: boolean;
  readonly range: Range;
}

/** A smoke test with its templates evaluated; outputs of the stack itself are still expressions. */
export interface CheckSpec {
  readonly name: string;
  readonly kind: string;
  readonly after: readonly string[];
  /** Where it can be tried; everywhere if undefined. */
  readonly targets?: readonly string[];
  readonly settings: ValueMap;
  readonly attempts: number;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly range: Range;
}

/** A step beside Terraform with its templates evaluated; outputs and variables are still expressions. */
export interface StepSpec {
  readonly name: string;
  readonly kind: string;
  readonly after: readonly string[];
  readonly settings: ValueMap;
  /** Files and folders beside the spec that it names, from the project root, sorted: their content counts. */
  readonly paths: readonly string[];
  readonly timeoutSeconds: number;
  readonly range: Range;
}

/** An output of another stack that a stack consumes, by address. */
export interface ConsumedOutput {
  readonly address: string;
  readonly output: string;
}

/**
 * One place where a stack names another one, or an output of its own in a check or step: what makes it an upstream, and where
 * that is written. `after` names no output.
 */
export interface StackReference {
  readonly kind: "value" | "provider" | "check" | "step" | "after";
  readonly address: string;
  readonly output: string | undefined;
  readonly range: Range;
}

/** An entry of `moved`: what `address` said earlier, the whole address that it made, and where it is written. */
export interface MovedAddress {
  readonly written: string;
  readonly address: string;
  readonly range: Range;
}

/** A root module to be: everything known about it but how it is spelt in Terraform. */
export interface Stack extends StackInstance {
  readonly modules: readonly ModuleCall[];
  readonly providers: ReadonlyMap<string, ProviderUse>;
  readonly providerMapping: ReadonlyMap<string, string>;
  readonly state: StateLocation;
  readonly data: Value;
  readonly resources: Value;
  readonly outputs: ReadonlyMap<string, OutputSpec>;
  readonly assertions: Value;
  readonly refactor: Value;
  readonly extra: Value;
  readonly checks: readonly CheckSpec[];
  /** What is done beside Terraform after an apply, in order. */
  readonly steps: readonly StepSpec[];
  /** Files and folders beside the spec that values name, from the project root, sorted. */
  readonly paths: readonly string[];
  readonly variables: readonly string[];
  readonly consumed: readonly ConsumedOutput[];
  /** Every place that names another stack, or in a check or step an output of this one. */
  readonly references: readonly StackReference[];
  /** Addresses of stacks that come first, by reference or by `after`, sorted. */
  readonly upstream: readonly string[];
  /** Whole addresses that the stack had earlier, whose state is carried over. */
  readonly moved: readonly MovedAddress[];
  readonly refreshesAlways: boolean;
}
