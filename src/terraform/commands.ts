/**
 * A Terraform command. `output` says what it writes to stdout: `events` are followed as they come; `result` is one
 * text, which may hold secrets in the clear and is not kept on disk; `text` is for people.
 */
export interface TerraformCommand {
  readonly name: string;
  readonly arguments: readonly string[];
  readonly output: "events" | "result" | "text";
}

export interface LockOptions {
  /** How long to wait for a state lock that another holds; Terraform's spelling, such as `10s`. */
  readonly lockTimeout?: string;
  /** False for plans that are only looked at. */
  readonly isLocking?: boolean;
}

export interface PlanOptions extends LockOptions {
  readonly planFile: string;
  readonly mode?: "normal" | "destroy" | "refresh-only";
  readonly parallelism?: number;
  readonly isRefreshing?: boolean;
}

export interface InitOptions {
  readonly hasLockFile: boolean;
  readonly isUpgrade?: boolean;
  /** Forgets which backend the data folder was last used with, and moves no state. */
  readonly isReconfigured?: boolean;
  /** Providers come from these mirrors and from nowhere else. */
  readonly pluginFolders?: readonly string[];
}

/** Everything about the backend stands in the root module, so that nothing but the root makes the run. */
export function initCommand(options: InitOptions): TerraformCommand {
  return {
    name: "init",
    arguments: [
      "init",
      "-input=false",
      "-no-color",
      ...(options.hasLockFile ? ["-lockfile=readonly"] : []),
      ...(options.isReconfigured ? ["-reconfigure"] : []),
      ...(options.isUpgrade ? ["-upgrade"] : []),
      ...(options.pluginFolders ?? []).map((folder) => `-plugin-dir=${folder}`),
    ],
    output: "text",
  };
}

/** Fetches the modules that a root module calls, and nothing else. */
export function getCommand(): TerraformCommand {
  return { name: "get", arguments: ["get", "-no-color"], output: "text" };
}

/** Its exit code is 0 with and without changes; the `change_summary` event tells them apart. */
export function planCommand(options: PlanOptions): TerraformCommand {
  const { planFile, mode = "normal", isRefreshing = true } = options;
  return {
    name: "plan",
    arguments: [
      "plan",
      "-json",
      "-input=false",
      `-out=${planFile}`,
      ...(mode === "normal" ? [] : [`-${mode}`]),
      ...(isRefreshing ? [] : ["-refresh=false"]),
      ...lockArguments(options),
      ...parallelismArguments(options),
    ],
    output: "events",
  };
}

export function showPlanCommand(planFile: string): TerraformCommand {
  return { name: "show", arguments: ["show", "-json", "-no-color", planFile], output: "result" };
}

/** Only a plan that was shown is applied: there is no way here to apply without one. */
export function applyCommand(
  options: LockOptions & { readonly planFile: string; readonly parallelism?: number },
): TerraformCommand {
  return {
    name: "apply",
    arguments: [
      "apply",
      "-json",
      "-input=false",
      ...lockArguments(options),
      ...parallelismArguments(options),
      options.planFile,
    ],
    output: "events",
  };
}

export function outputCommand(): TerraformCommand {
  return { name: "output", arguments: ["output", "-json", "-no-color"], output: "result" };
}

/** With a mirror folder, checksums are read from it; without, from each provider's registry. */
export function providersLockCommand(options: {
  readonly platforms: readonly string[];
  readonly mirror?: string;
  readonly providers?: readonly string[];
}): TerraformCommand {
  return {
    name: "providers-lock",
    arguments: [
      "providers",
      "lock",
      "-no-color",
      ...(options.mirror === undefined ? [] : [`-fs-mirror=${options.mirror}`]),
      ...options.platforms.map((platform) => `-platform=${platform}`),
      ...(options.providers ?? []),
    ],
    output: "text",
  };
}

export function providersSchemaCommand(): TerraformCommand {
  return { name: "providers-schema", arguments: ["providers", "schema", "-json"], output: "result" };
}

/** The id proves to Terraform that the lock is still the one that was seen. */
export function forceUnlockCommand(lockId: string): TerraformCommand {
  return { name: "force-unlock", arguments: ["force-unlock", "-force", lockId], output: "text" };
}

export function validateCommand(): TerraformCommand {
  return { name: "validate", arguments: ["validate", "-json"], output: "result" };
}

function lockArguments({ lockTimeout, isLocking = true }: LockOptions): readonly string[] {
  if (!isLocking) return ["-lock=false"];
  return lockTimeout === undefined ? [] : [`-lock-timeout=${lockTimeout}`];
}

function parallelismArguments({ parallelism }: { readonly parallelism?: number }): readonly string[] {
  return parallelism === undefined ? [] : [`-parallelism=${parallelism}`];
}
