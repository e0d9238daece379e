import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Flavour, FLAVOURS } from "../text/flavour.ts";
import { classifyDiagnostic, type ClassifyContext } from "./classify-diagnostic.ts";
import type { TerraformDiagnostic } from "./events.ts";
import { parseDiagnostic } from "./parse-event.ts";
import { parseHumanDiagnostics } from "./parse-human-diagnostics.ts";
import type { TerraformResult } from "./run-terraform.ts";
import type { TerraformError } from "./terraform-error.ts";

/** Why a run failed, the gravest first; empty where it did not. */
export function terraformErrors(
  result: TerraformResult,
  context: ClassifyContext = {},
): readonly TerraformError[] {
  if (result.exitCode === 0) return [];
  const { flavour = "terraform" } = context;
  const said = errorDiagnostics(result).map((diagnostic) => classifyDiagnostic(diagnostic, context));
  const errors = [...endErrors(result, flavour), ...erroredState(result, flavour), ...said];
  return errors.length > 0 ? errors : [silentFailure(result, flavour)];
}

function errorDiagnostics(result: TerraformResult): readonly TerraformDiagnostic[] {
  const fromEvents = result.events.flatMap((event) =>
    event.kind === "diagnostic" ? [event.diagnostic] : [],
  );
  const diagnostics = [...fromEvents, ...validated(result), ...parseHumanDiagnostics(result.stderrText)];
  const grave = diagnostics.filter(({ severity }) => severity === "error");
  const errors = grave.filter(({ summary }) => !isConsequence(summary, result, grave));
  return errors.filter((one, at) => at === errors.findIndex((other) => isSame(one, other)));
}

/** What Terraform says of every step that it did not begin, and OpenTofu beside the reason why no state was read. */
function isConsequence(
  summary: string,
  { wasInterrupted }: TerraformResult,
  all: readonly TerraformDiagnostic[],
): boolean {
  if (wasInterrupted && summary === "execution halted") return true;
  return summary.endsWith(": Unable to read remote state") && all.some((other) => other.summary !== summary);
}

function isSame(left: TerraformDiagnostic, right: TerraformDiagnostic): boolean {
  return left.summary === right.summary && left.detail === right.detail && left.address === right.address;
}

function validated({ command, stdoutText }: TerraformResult): readonly TerraformDiagnostic[] {
  if (command.name !== "validate") return [];
  try {
    const { diagnostics = [] } = JSON.parse(stdoutText) as { readonly diagnostics?: readonly object[] };
    return diagnostics.map((diagnostic) => parseDiagnostic({ ...diagnostic }));
  } catch {
    return [];
  }
}

function endErrors(
  { startError, signal, wasInterrupted, stderrText }: TerraformResult,
  flavour: Flavour,
): readonly TerraformError[] {
  const { product } = FLAVOURS[flavour];
  if (startError !== undefined) {
    const hint = "See 'platc doctor', or name another binary in PLATC_TERRAFORM.";
    return [{ kind: "not-started", message: `${product} could not be started: ${startError}`, hint }];
  }
  const crash = /!!! (TERRAFORM|OPENTOFU) CRASH !!!/.exec(stderrText)?.[1];
  if (crash !== undefined) {
    const name = FLAVOURS[crash === "OPENTOFU" ? "opentofu" : "terraform"].product;
    return [{ kind: "crashed", message: `${name} crashed`, hint: "Its trace is in the log folder." }];
  }
  if (wasInterrupted) {
    return [
      { kind: "interrupted", message: "The run was interrupted", hint: "Run the command again to go on." },
    ];
  }
  if (signal !== null) {
    const hint =
      "Its lock may be left, and what it was making may be in no state: run the command again to recover.";
    return [{ kind: "killed", message: `${product} was ended by ${signal}`, hint }];
  }
  return [];
}

/** Terraform leaves the state there when the backend takes it no more; it may hold secrets. */
function erroredState({ folder }: TerraformResult, flavour: Flavour): readonly TerraformError[] {
  const path = join(folder, "errored.tfstate");
  if (!existsSync(path)) return [];
  const message = `The new state could not be saved to its backend, and lies in '${path}'`;
  const hint = `Push it before anything else: '${FLAVOURS[flavour].program} state push'.`;
  return [{ kind: "errored-state", path, message, hint }];
}

function silentFailure(
  { command, exitCode, stderrText, events, logFolder }: TerraformResult,
  flavour: Flavour,
): TerraformError {
  const texts = events.filter(({ kind }) => kind === "text").map(({ message }) => message);
  const said = [...stderrText.split("\n"), ...texts].map((line) => line.trim()).filter((line) => line !== "");
  const last = said.at(-1);
  const message = `${FLAVOURS[flavour].program} ${command.arguments[0]} ended with exit code ${exitCode}`;
  return {
    kind: "failed",
    message: last === undefined ? message : `${message}: ${last}`,
    hint: `See '${logFolder}'.`,
  };
}
