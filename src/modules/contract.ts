import type { Json } from "../text/json.ts";
import type { TerraformType } from "./terraform-type.ts";

/** `condition` is an expression without `${}` around it; `errorMessage` is a template as the module writes it. */
export interface ModuleValidation {
  readonly condition: string;
  readonly errorMessage: string;
}

/** A variable of a module. One that is not required and has no `default` has one that is no literal. */
export interface ModuleInput {
  readonly name: string;
  readonly type: TerraformType;
  readonly required: boolean;
  readonly default?: Json;
  readonly description?: string;
  readonly sensitive: boolean;
  readonly nullable: boolean;
  readonly ephemeral: boolean;
  readonly validations: readonly ModuleValidation[];
}

/** An output of a module; an ephemeral one cannot be an output of a root module. */
export interface ModuleOutput {
  readonly name: string;
  readonly description?: string;
  readonly sensitive: boolean;
  readonly ephemeral: boolean;
}

/** `source` is `namespace/type`, with the host before it where it is not Terraform's own registry. */
export interface ProviderRequirement {
  readonly name: string;
  readonly source: string;
  readonly version?: string;
  /** Aliases that the caller must pass, without the provider's name: `us` for `aws.us`. */
  readonly aliases: readonly string[];
}

/**
 * `provider` is the reference as written (`aws.us`); `module` the path of local modules to it (`network.subnets`), and
 * then `providerSource` what that module means by its provider (`cyrilgdn/postgresql`), unless Terraform has it built in.
 */
export interface ModuleResource {
  readonly mode: "managed" | "data" | "ephemeral";
  readonly type: string;
  readonly name: string;
  readonly provider?: string;
  readonly module?: string;
  readonly providerSource?: string;
  readonly preventDestroy: boolean;
}

export interface ModuleCall {
  readonly name: string;
  readonly source: string;
  readonly version?: string;
}

/**
 * What a module asks of its caller and gives to it. Providers, resources, required versions, files and provider
 * blocks include those of the local modules that it calls; calls include theirs of modules that are fetched.
 */
export interface ModuleContract {
  readonly inputs: ReadonlyMap<string, ModuleInput>;
  readonly outputs: ReadonlyMap<string, ModuleOutput>;
  /** Declared, or implied by the types of resources, by their local name. */
  readonly providers: ReadonlyMap<string, ProviderRequirement>;
  readonly requiredVersions: readonly string[];
  readonly resources: readonly ModuleResource[];
  readonly moduleCalls: readonly ModuleCall[];
  /** Paths relative to the folder of the module. */
  readonly files: readonly string[];
  readonly hasBackend: boolean;
  /** A module with provider blocks of its own cannot be called with count, for_each or depends_on. */
  readonly hasProviderBlocks: boolean;
}

export interface ModuleProblem {
  readonly file: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}
