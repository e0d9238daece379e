import { join } from "node:path";
import { withoutCredentials } from "../stores/backend-secrets.ts";
import { lockHolder } from "../stores/lock-holder.ts";
import { identifyProcess } from "../stores/process-identity.ts";
import { childEnvironment } from "../terraform/child-environment.ts";
import type { TerraformCommand } from "../terraform/commands.ts";
import type { TerraformEvent } from "../terraform/events.ts";
import {
  type RunningTerraform,
  startTerraform,
  type TerraformResult,
  type TerraformRun,
} from "../terraform/run-terraform.ts";
import { recoverProcess } from "./recover-process.ts";
import type { RunContext } from "./run-context.ts";
import type { StackStep } from "./run-event.ts";
import type { TerraformUnit } from "./terraform-unit.ts";

/** One start of Terraform: the step that it is for, and which start of the unit it is, from 1. */
export interface ProcessRequest {
  readonly step: StackStep;
  readonly command: TerraformCommand;
  readonly number: number;
  /** Laid over what every process of the run gets. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs Terraform for a unit to its end; what changes anything is in the journal before it starts. */
export async function runProcess(
  context: RunContext,
  unit: TerraformUnit,
  request: ProcessRequest,
): Promise<TerraformResult> {
  const { step, command, number, environment } = request;
  const attached = await context.target.attach?.(unit.address);
  const run = {
    binary: context.tools.terraform.path,
    command: { ...command, name: `${command.name}-${number}` },
    folder: unit.folder.path,
    cwd: unit.cwd,
    env: { ...environmentOf(context, unit), ...environment, ...attached?.environment },
    logFolder: join(context.root, ".platc", "runs", context.runId, "logs", unit.address),
    signal: context.signal,
  };
  try {
    if (step === "apply" || step === "destroy")
      return await runJournalled(context, unit, { ...request, step }, run);
    const { finished } = await startInSlot(context, unit, request, run);
    return await finished;
  } finally {
    await attached?.detach();
  }
}

/** The slot is free as soon as Terraform has ended: what is read and written of it afterwards needs none. */
async function startInSlot(
  context: RunContext,
  { address }: TerraformUnit,
  { step, command }: ProcessRequest,
  run: TerraformRun,
): Promise<RunningTerraform> {
  const giveBack = await context.slots.take(address);
  try {
    const running = startTerraform({
      ...run,
      onEvent: (event) => {
        run.onEvent?.(event);
        context.tell({ kind: "stack-progress", address, step, event });
      },
    });
    void running.ended.then((seconds) => {
      giveBack();
      add(context.processSeconds, command.name, seconds);
    });
    context.tell({ kind: "stack-started", address, step });
    add(context.processes, command.name, 1);
    return running;
  } catch (error) {
    giveBack();
    throw error;
  }
}

function add(sums: Map<string, number>, key: string, more: number): void {
  sums.set(key, (sums.get(key) ?? 0) + more);
}

async function runJournalled(
  context: RunContext,
  unit: TerraformUnit,
  request: ProcessRequest & { readonly step: "apply" | "destroy" },
  run: TerraformRun,
): Promise<TerraformResult> {
  const { journal } = context;
  const { step, number } = request;
  const process = `${unit.address}:${step}:${number}`;
  const now = (): string => context.now().toISOString();
  const starting = {
    kind: "process-starting",
    at: now(),
    process,
    address: unit.address,
    operation: step,
    logFolder: run.logFolder,
    folder: unit.folder.path,
    stateKey: unit.stateKey,
    backend: withoutCredentials(unit.backend),
  } as const;
  await journal.append(starting);
  let lock: Promise<string | null> | undefined;
  const onEvent = (event: TerraformEvent): void => {
    // Terraform holds the lock of the state from before the first change to the end.
    if (event.kind === "apply_start") lock ??= noteLock(context, unit, process);
  };
  const running = await startInSlot(context, unit, request, { ...run, onEvent });
  if (running.pid !== undefined) {
    const identity = identifyProcess(running.pid);
    await journal.append({ kind: "process-started", at: now(), process, identity });
  }
  const result = await running.finished;
  const lockId = (await lock) ?? null;
  const { exitCode, signal } = result;
  if (signal !== null) await recoverProcess(context, context.platform.spec.name, { start: starting, lockId });
  await journal.append({ kind: "process-ended", at: now(), process, exitCode, signal });
  return result;
}

/** Writes down the lock that Terraform holds: later it proves that a lock which was left behind is ours. */
async function noteLock(context: RunContext, unit: TerraformUnit, process: string): Promise<string | null> {
  try {
    const status = await lockHolder(await context.objectStore(unit.backend), unit.backend, unit.stateKey);
    if (status.status !== "held" && status.status !== "left") return null;
    const lockId = status.holder.id;
    await context.journal.append({ kind: "lock-seen", at: context.now().toISOString(), process, lockId });
    return lockId;
  } catch {
    return null;
  }
}

function environmentOf(context: RunContext, unit: TerraformUnit): Readonly<Record<string, string>> {
  return childEnvironment(context.environment, {
    declaredVariables: unit.variables,
    dataFolder: unit.folder.dataFolder,
    cliConfig: context.tools.cliConfig,
    isAwsEmulated: context.target.isAwsEmulated,
    additions: context.target.additions,
  }).env;
}
