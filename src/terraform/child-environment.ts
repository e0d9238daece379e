import { devNull } from "node:os";
import { isAbsolute } from "node:path";
import { invariant } from "../diagnostics/invariant.ts";
import type { CliConfigChoice } from "./cli-config-choice.ts";
import type { Note } from "./note.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ChildEnvironmentOptions {
  /** Names of the Terraform variables that the stack declares: their `TF_VAR_` are let through. */
  readonly declaredVariables?: readonly string[];
  /** `TF_DATA_DIR`: absolute, since Terraform takes a relative one from the root module's folder. */
  readonly dataFolder?: string;
  readonly cliConfig?: CliConfigChoice;
  /** Whether AWS is emulated: then nothing of the user's AWS settings may reach the child. */
  readonly isAwsEmulated?: boolean;
  /** What the target and the stack set; stronger than everything else. */
  readonly additions?: Readonly<Record<string, string>>;
}

export interface ChildEnvironment {
  readonly env: Readonly<Record<string, string>>;
  readonly notes: readonly Note[];
}

/** The environment of a Terraform process: the parent's without what would make a run mean something else. */
export function childEnvironment(
  parent: Environment,
  options: ChildEnvironmentOptions = {},
): ChildEnvironment {
  const { dataFolder, cliConfig = { kind: "user" }, additions = {} } = options;
  invariant(
    dataFolder === undefined || isAbsolute(dataFolder),
    `TF_DATA_DIR '${dataFolder}' is not absolute`,
  );
  const env: Record<string, string> = {};
  const notes: Note[] = [];
  for (const name of Object.keys(parent).sort()) {
    const value = parent[name];
    if (value === undefined) continue;
    const reason = reasonToDrop(name, options);
    if (reason === undefined) env[name] = value;
    else if (reason !== QUIETLY && value !== "" && additions[name] !== value)
      notes.push(droppedNote(name, reason));
  }
  env["GOGC"] ??= "400";
  Object.assign(env, OWN_SETTINGS, options.isAwsEmulated ? EMULATED_AWS : {});
  if (dataFolder !== undefined) env["TF_DATA_DIR"] = dataFolder;
  if (cliConfig.kind === "own") env["TF_CLI_CONFIG_FILE"] = cliConfig.path;
  return { env: { ...env, ...additions }, notes };
}

const QUIETLY = "";

const OWN_SETTINGS = { TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" };

/** Keeps the SDK from the user's files and from asking the machine for a role. */
const EMULATED_AWS = {
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: "true",
};

const REASON_BY_NAME: Readonly<Record<string, string>> = {
  TF_WORKSPACE: "it would move the state to another workspace",
  TF_DATA_DIR: "every stack has a data folder of its own",
  TF_REATTACH_PROVIDERS: "it would send changes to a provider process that is not this run's",
  TF_ENCRYPTION: "platc reads states itself, and could not read what it encrypts",
  TF_INPUT: QUIETLY,
  TF_IN_AUTOMATION: QUIETLY,
  CHECKPOINT_DISABLE: QUIETLY,
};

function reasonToDrop(name: string, options: ChildEnvironmentOptions): string | undefined {
  if (Object.hasOwn(REASON_BY_NAME, name)) return REASON_BY_NAME[name];
  if (/^TF_CLI_ARGS(_|$)/.test(name)) return "it would add arguments that no plan shows";
  if (/^TF_LOG(_|$)/.test(name)) return "Terraform's traces would land in platc's logs, secrets included";
  if (name.startsWith("TF_VAR_")) return reasonToDropVariable(name.slice("TF_VAR_".length), options);
  if (name === "TF_CLI_CONFIG_FILE" || name === "TERRAFORM_CONFIG") {
    return (options.cliConfig?.kind ?? "user") === "user" ? undefined : QUIETLY;
  }
  if (options.isAwsEmulated && isAwsSetting(name))
    return "AWS is emulated, and the account is not to be touched";
  return undefined;
}

function reasonToDropVariable(variable: string, options: ChildEnvironmentOptions): string | undefined {
  return options.declaredVariables?.includes(variable) ? undefined : "the stack declares no such variable";
}

/** Whether a variable tells the AWS SDKs or the aws provider something. */
export function isAwsSetting(name: string): boolean {
  return name.startsWith("AWS_") || name.startsWith("TF_AWS_");
}

function droppedNote(name: string, reason: string): Note {
  return { message: `'${name}' is not passed to Terraform: ${reason}` };
}
