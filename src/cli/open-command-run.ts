import type { FoundSpec } from "../disk/find-spec.ts";
import { compareOutput } from "../disk/write-output.ts";
import { openRun, type OpenedRun } from "../run/open-run.ts";
import { recoverRuns } from "../run/recover-runs.ts";
import { createRunWarnings, type RunWarnings } from "../run/run-warnings.ts";
import type { RunAnnounced } from "../run/run-event.ts";
import type { RehearsalReporter } from "../targets/open-rehearsal.ts";
import type { TargetKind } from "../spec/platform.ts";
import type { Selection } from "../run/plan-platform.ts";
import type { RunContext } from "../run/run-context.ts";
import type { Platform } from "../stacks/platform-model.ts";
import { prepareTools } from "../terraform/prepare-tools.ts";
import { openProviderCache, type ProviderCache } from "../terraform/provider-cache.ts";
import type { Context } from "./context.ts";
import { CommandError, EXIT } from "./exit-codes.ts";
import { mutedContext } from "./muted-context.ts";
import { openRunTarget, type RunTarget } from "./open-run-target.ts";
import type { FaultFlags } from "./parse-faults.ts";
import { parseTargets } from "./parse-target.ts";
import { compileProject, openProject, type Project, projectAt } from "./load-platform.ts";
import { otherFiles } from "./other-files.ts";
import { type OpenedReport, openReport } from "./open-report.ts";
import { refuseEncryption } from "./refuse-encryption.ts";
import { selectForRun } from "./select-for-run.ts";
import { selectPromoted } from "./select-promoted.ts";

/** Options that all commands share which run Terraform. */
export interface RunFlags extends FaultFlags {
  readonly spec?: string;
  readonly select?: readonly string[];
  readonly base?: string;
  readonly target?: string;
  readonly parallelism?: string;
  readonly refresh?: boolean;
  readonly why?: boolean;
  readonly full?: boolean;
  readonly json?: boolean;
  readonly junit?: string;
  readonly markdown?: string;
  readonly html?: string;
  readonly install?: boolean;
  readonly inWorkspace?: InWorkspace;
}

/** Of a run in a folder that was made for it, of files whose warnings were told before. */
export interface InWorkspace {
  /** Instead of the one that is looked for. */
  readonly project: FoundSpec;
  /** What reports call the run by, instead of its selectors. */
  readonly subject: string;
  /** What was typed. */
  readonly asked: string;
  /** Environments that have left the spec, and that are worked on beside what is selected. */
  readonly gone?: readonly string[];
}

/** A command's run, opened: what it goes by and where it tells what it does. */
export interface CommandRun {
  readonly context: RunContext;
  readonly selection: Selection;
  readonly report: OpenedReport;
  readonly warnings: RunWarnings;
  readonly signal: AbortSignal;
  readonly close: OpenedRun["close"];
  /** Of a rehearsal alone. */
  readonly rehearsal?: RehearsalReporter;
}

/** Opens everything that a run needs, and refuses where `out/` is not what the spec says. */
export async function openCommandRun(
  command: RunAnnounced["command"],
  where: readonly string[],
  flags: RunFlags,
  context: Context,
  signal: AbortSignal,
): Promise<CommandRun> {
  const parallelism = parallelismOf(flags.parallelism);
  const project = flags.inWorkspace ? projectAt(flags.inWorkspace.project) : openProject(context, flags.spec);
  const { platform, files, manifest } = await compileProject(
    flags.inWorkspace ? mutedContext(context) : context,
    project,
  );
  const affected = flags.base === undefined ? undefined : await addressesSince(context, project, flags.base);
  const selectors = [...where, ...(flags.select ?? [])];
  const selection =
    command === "promote"
      ? selectPromoted(platform, selectors, affected && { affected })
      : withGone(flags.inWorkspace?.gone ?? [], selectors, () =>
          selectForRun(platform, selectors, affected && { affected }),
        );
  await refuseStaleOutput(project.root, platform, files);
  const subject = flags.inWorkspace?.subject ?? selectors.join(" ");
  const report = await openReport(context, flags, platform, subject);
  const tell = (message: string, hint?: string): void =>
    report.tell({ kind: "note", message, ...(hint !== undefined && { hint }) });
  const tools = await prepareTools({
    environment: context.environment,
    projectRoot: project.root,
    spec: platform.spec,
    mayInstall: flags.install === true,
    tell,
  });
  if (tools.status === "missing") throw new CommandError(tools.message, tools.hint);
  for (const { message, hint } of otherFiles(platform, selection.addresses, tools.terraform.flavour))
    tell(message, hint);
  const kinds = targetKinds(platform, selection, flags.target);
  if (tools.terraform.flavour === "opentofu" && kinds.some((kind) => kind !== "rehearsal"))
    refuseEncryption(context.environment, platform, selection.addresses);
  const against = await openRunTarget({
    kinds,
    project,
    platform,
    manifest,
    addresses: selection.addresses,
    faults: flags,
    isOfOneRun: flags.inWorkspace !== undefined,
    tools,
    environment: context.environment,
    tell,
    signal,
  });
  const warnings = createRunWarnings();
  const opened = await openRun({
    root: project.root,
    platform: against.platform,
    ...(against.emitter && { emitter: against.emitter }),
    manifest: against.manifest,
    sources: project.sources,
    command,
    addresses: selection.addresses,
    target: against.target,
    tools: {
      terraform: tools.terraform,
      mirrors: tools.mirrors,
      cliConfig: tools.cliConfig,
      cliConfigText: tools.cliConfigText,
      providerCache:
        providersOf(against) ?? openProviderCache({ tools, environment: context.environment, tell, signal }),
    },
    environment: against.environment,
    parallelism,
    signal,
    tell: (event) => {
      warnings.take(event);
      report.tell(event);
    },
    now: context.now,
  }).catch(async (error: unknown) => {
    await against.close();
    throw error;
  });
  const close: OpenedRun["close"] = async (outcome) => {
    try {
      await opened.close(outcome);
    } finally {
      await against.close();
    }
  };
  try {
    const busy = await recoverRuns(opened.context, new Set(selection.addresses));
    if (busy) throw new CommandError(busy.message, busy.hint);
  } catch (error) {
    await close("failed");
    report.close();
    throw error;
  }
  for (const note of tools.notes)
    report.tell({ kind: "note", message: note.message, ...(note.hint !== undefined && { hint: note.hint }) });
  return {
    context: opened.context,
    selection,
    report,
    warnings,
    signal,
    close,
    ...(against.report && { rehearsal: against.report }),
  };
}

function withGone(gone: readonly string[], selectors: readonly string[], select: () => Selection): Selection {
  if (gone.length === 0) return select();
  const chosen: Selection =
    selectors.length === 0 ? { addresses: [], upstreamOf: new Map(), emptyEnvironments: [] } : select();
  return { ...chosen, emptyEnvironments: [...chosen.emptyEnvironments, ...gone] };
}

function providersOf({ pluginFolder }: RunTarget): ProviderCache | undefined {
  return pluginFolder === undefined ? undefined : { pluginFolders: async () => [pluginFolder] };
}

async function addressesSince(
  context: Context,
  project: Project,
  revision: string,
): Promise<ReadonlySet<string>> {
  const { affectedAddresses } = await import("./affected-since.ts");
  return affectedAddresses(context, project, revision);
}

async function refuseStaleOutput(
  root: string,
  platform: Platform,
  files: Parameters<typeof compareOutput>[2],
): Promise<void> {
  const changes = await compareOutput(root, platform.spec.name, files);
  if (changes.isInterrupted)
    throw new CommandError("an earlier compile was interrupted", "run 'platc compile' to finish it");
  const stale = changes.written.length + changes.removed.length;
  if (stale === 0) return;
  const [first] = [...changes.written.map((file) => file.path), ...changes.removed];
  throw new CommandError(
    `out/${platform.spec.name} is not what the spec compiles to: '${first ?? ""}'${stale > 1 ? ` and ${stale - 1} more` : ""}`,
    "run 'platc compile' first; what is applied is what stands in out/",
  );
}

function targetKinds(
  platform: Platform,
  selection: Selection,
  asked: string | undefined,
): readonly TargetKind[] {
  if (asked !== undefined) return parseTargets(asked);
  const environments = [
    ...selection.addresses.map((address) => platform.stackByAddress.get(address)?.environment),
    ...selection.emptyEnvironments.map((name) => platform.spec.environments.get(name)),
  ];
  const targetByName = new Map(environments.map((one) => [one?.name ?? "", one?.target ?? "cloud"]));
  const kinds = new Set(targetByName.values());
  if (kinds.size > 1) {
    const each = [...targetByName].map(([name, target]) => `'${name}' has '${target}'`).join(", ");
    throw new CommandError(
      `the selected environments have different targets: ${each}`,
      "run them one after the other, or name one by --target",
    );
  }
  return [[...kinds][0] ?? "cloud"];
}

function parallelismOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1)
    throw new CommandError(
      `'${text}' is no number of stacks`,
      "--parallelism takes a whole number from 1",
      EXIT.usage,
    );
  return count;
}
