import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LOCK_FILE, type OutputFile } from "../emit/emit-platform.ts";
import { stackFolder } from "../emit/emit-stack.ts";
import { lockOfFlavour } from "../emit/lock-entries.ts";
import type { Flavour } from "../text/flavour.ts";
import { backendOf } from "./backend-of.ts";
import type { Stack } from "../stacks/stack.ts";
import {
  applyCommand,
  initCommand,
  planCommand,
  showPlanCommand,
  type TerraformCommand,
} from "../terraform/commands.ts";
import type { TerraformDiagnostic } from "../terraform/events.ts";
import { initStamp, isInitCurrent, removeInitStamp, writeInitStamp } from "../terraform/init-stamp.ts";
import type { TerraformResult } from "../terraform/run-terraform.ts";
import { terraformErrors } from "../terraform/terraform-errors.ts";
import type { TerraformError } from "../terraform/terraform-error.ts";
import { parsePlan } from "../plans/parse-plan.ts";
import type { Plan } from "../plans/plan.ts";
import type { StateFile } from "../stores/state-file.ts";
import { explainLock } from "./explain-lock.ts";
import { stateProviders } from "./state-providers.ts";
import type { TerraformUnit } from "./terraform-unit.ts";
import { runProcess } from "./journalled-process.ts";
import type { RunContext } from "./run-context.ts";
import { placeDiagnostic } from "./place-diagnostic.ts";
import type { RunEvent, StackStep } from "./run-event.ts";
import { fillStackFolder, type StackFolder, stackWorkFolder } from "../disk/stack-folder.ts";

/** A Terraform command that did not end well. */
export interface TerraformFailure {
  readonly status: "failed";
  readonly errors: readonly TerraformError[];
  readonly wasInterrupted: boolean;
}

export type PlanOutcome =
  { readonly status: "ok"; readonly plan: Plan } | (TerraformFailure & { readonly plan: Plan | undefined });
export type ApplyOutcome =
  | { readonly status: "ok"; readonly result: TerraformResult }
  | (TerraformFailure & { readonly result: TerraformResult });

export interface PlanRequest {
  /** What the work folder is filled with: the compiled root, or one with an overlay. */
  readonly files: readonly OutputFile[];
  readonly mode?: "normal" | "destroy" | "refresh-only";
  readonly isRefreshing?: boolean;
  /** A state to plan against in place of the backend's; it is taken away afterwards. */
  readonly localState?: Uint8Array;
  /** What the state that is planned against holds, as far as it is known. */
  readonly state?: StateFile | undefined;
}

/** Terraform for one stack, in its work folder, with its logs and its place in the run's journal. */
export interface StackTerraform {
  readonly folder: StackFolder;
  readonly plan: (request: PlanRequest) => Promise<PlanOutcome>;
  /** Applies the plan file that the last `plan` left, and no other. */
  readonly apply: (step: "apply" | "destroy") => Promise<ApplyOutcome>;
  readonly removePlan: () => Promise<void>;
}

/** Prepares Terraform for a stack of the spec; nothing is started yet. */
export function stackTerraform(context: RunContext, stack: Stack): StackTerraform {
  return unitTerraform(context, {
    address: stack.address,
    folder: stackWorkFolder(context.root, context.platform.spec.name, stack.address),
    cwd: context.root,
    outputFolder: stackFolder(context.platform.spec.name, stack.address),
    modulesDigest: context.manifestByAddress.get(stack.address)?.parts["modules"] ?? "",
    variables: stack.variables,
    backend: backendOf(stack),
    stateKey: stack.state.key,
  });
}

/** Prepares Terraform for any root module; nothing is started yet. */
export function unitTerraform(context: RunContext, unit: TerraformUnit): StackTerraform {
  const { folder } = unit;
  const process = new UnitProcess(context, unit);
  return {
    folder,
    plan: async (request) => {
      const { flavour } = context.tools.terraform;
      const needs = stateProviders(request.state, flavour);
      const files = request.files.map((file) => forFlavour(file, flavour, needs));
      await fillStackFolder(folder, files, unit.outputFolder);
      const ready = await process.init(files);
      if (ready) {
        const lockText = String(request.files.find(isLock)?.content ?? "");
        const errors = ready.errors.map((error) => explainLock(error, { lockText, flavour, needs }));
        return { ...ready, errors, plan: undefined };
      }
      return withLocalState(folder, request.localState, () => process.plan(request));
    },
    apply: (step) => process.apply(step),
    removePlan: () => rm(folder.planFile, { force: true }),
  };
}

function forFlavour(file: OutputFile, flavour: Flavour, needs: ReadonlySet<string>): OutputFile {
  if (!isLock(file)) return file;
  return { path: file.path, content: lockOfFlavour(String(file.content), flavour, needs) };
}

function isLock({ path }: OutputFile): boolean {
  return path.endsWith(`/${LOCK_FILE}`);
}

async function withLocalState<Result>(
  folder: StackFolder,
  state: Uint8Array | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  if (state === undefined) return work();
  const path = join(folder.path, "terraform.tfstate");
  await writeFile(path, state, { mode: 0o600 });
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
    await rm(`${path}.backup`, { force: true });
  }
}

/**
 * Terraform's pg backend makes new states one at a time: the first apply of a stack holds up all others of its
 * database, to its end. A lock there never outlives its holder.
 */
const LOCK_TIMEOUT: Readonly<Record<string, string>> = { pg: "1h" };

class UnitProcess {
  private count = 0;
  private readonly folder: StackFolder;

  constructor(
    private readonly context: RunContext,
    private readonly unit: TerraformUnit,
  ) {
    this.folder = unit.folder;
  }

  /** Runs `init` where something that it works from has changed, and has the target look at what lies there then. */
  async init(files: readonly OutputFile[]): Promise<TerraformFailure | undefined> {
    return (await this.initialise(files)) ?? this.guard();
  }

  private async guard(): Promise<TerraformFailure | undefined> {
    const refused = await this.context.target.guard?.(this.unit.address, this.folder);
    if (!refused) return undefined;
    const { message, hint } = refused;
    return { status: "failed", errors: [{ kind: "failed", message, hint }], wasInterrupted: false };
  }

  private async initialise(files: readonly OutputFile[]): Promise<TerraformFailure | undefined> {
    const { tools } = this.context;
    const root = files.find((file) => file.path.endsWith("/main.tf.json"));
    const lock = files.find(isLock);
    const stamp = initStamp({
      binary: tools.terraform,
      root: JSON.parse(String(root?.content ?? "{}")) as unknown,
      moduleDigests: [this.unit.modulesDigest],
      lockFile: lock === undefined ? undefined : String(lock.content),
      cliConfig: tools.cliConfigText,
    });
    if (isInitCurrent(this.folder.dataFolder, stamp)) return undefined;
    removeInitStamp(this.folder.dataFolder);
    // With no backend in the root any more, `init -reconfigure` would leave the record of the last one there.
    await rm(join(this.folder.dataFolder, "terraform.tfstate"), { force: true });
    const pluginFolders = await tools.providerCache.pluginFolders(String(lock?.content ?? ""));
    await this.makeBackendReady();
    const command = initCommand({ hasLockFile: lock !== undefined, isReconfigured: true, pluginFolders });
    const result = await this.run("init", command);
    if (result.exitCode !== 0) return this.failure(result);
    writeInitStamp(this.folder.dataFolder, stamp);
    return undefined;
  }

  private async makeBackendReady(): Promise<void> {
    if (this.unit.backend.type !== "pg") return;
    const store = await this.context.objectStore(this.unit.backend);
    // Who may not make it hears so from Terraform, and may have been given the tables beforehand.
    await store.makeReady?.().catch(() => undefined);
  }

  async plan(request: PlanRequest): Promise<PlanOutcome> {
    const { planFile } = this.folder;
    await rm(planFile, { force: true });
    this.context.planFiles.add(planFile);
    const command = planCommand({
      planFile,
      isLocking: false,
      ...(request.mode && { mode: request.mode }),
      ...(request.isRefreshing === false && { isRefreshing: false }),
    });
    const result = await this.run("plan", command);
    const { plan, shown } = await this.showPlan(result);
    if (result.exitCode === 0 && plan) return { status: "ok", plan };
    // A plan that was made and could not be read failed, or was interrupted, where it was read.
    return { ...this.failure(result.exitCode === 0 && shown ? shown : result), plan };
  }

  private async showPlan(
    planned: TerraformResult,
  ): Promise<{ readonly plan?: Plan; readonly shown?: TerraformResult }> {
    const hasPlan = await readFile(this.folder.planFile).then(
      () => true,
      () => false,
    );
    if (!hasPlan || planned.wasInterrupted) return {};
    const command = showPlanCommand(this.folder.planFile);
    const served = await this.context.planSchemas?.environment();
    if (served) {
      const result = await this.run("show", command, served);
      if (result.exitCode === 0) return { plan: parsePlan(result.stdoutText) };
      if (result.wasInterrupted) return { shown: result };
    }
    // A state may hold types that no stack has any more: then only the providers know them.
    const shown = await this.run("show", command);
    return shown.exitCode === 0 ? { plan: parsePlan(shown.stdoutText), shown } : { shown };
  }

  async apply(step: "apply" | "destroy"): Promise<ApplyOutcome> {
    const { planFile } = this.folder;
    const lockTimeout = LOCK_TIMEOUT[this.unit.backend.type] ?? "60s";
    const result = await this.run(step, applyCommand({ planFile, lockTimeout }));
    await rm(this.folder.planFile, { force: true });
    return result.exitCode === 0 && !result.wasInterrupted
      ? { status: "ok", result }
      : { ...this.failure(result), result };
  }

  private failure(result: TerraformResult): TerraformFailure {
    const { mirrors, terraform } = this.context.tools;
    const { explain = (_address: string, error: TerraformError) => error } = this.context.target;
    const errors = terraformErrors(result, { mirrors, flavour: terraform.flavour })
      .map((error) => explain(this.unit.address, error))
      .map((error) => (error.diagnostic ? { ...error, diagnostic: this.placed(error.diagnostic) } : error));
    return { status: "failed", errors, wasInterrupted: result.wasInterrupted };
  }

  private placed(diagnostic: TerraformDiagnostic): TerraformDiagnostic {
    return placeDiagnostic(this.context.platform, this.unit, diagnostic);
  }

  /** Tells where in the project Terraform's diagnostics lie. */
  private tell(event: RunEvent): void {
    if (event.kind !== "stack-progress" || event.event.kind !== "diagnostic") this.context.tell(event);
    else {
      const diagnostic = this.placed(event.event.diagnostic);
      this.context.tell({ ...event, event: { ...event.event, diagnostic } });
    }
  }

  private async run(
    step: StackStep,
    command: TerraformCommand,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<TerraformResult> {
    const context = { ...this.context, tell: (event: RunEvent) => this.tell(event) };
    return runProcess(context, this.unit, { step, command, environment, number: ++this.count });
  }
}
