import { isBootstrapStack } from "../emit/emit-platform.ts";
import { type BackendStatus, backendStatus } from "../run/bootstrap.ts";
import { begunUnit } from "../run/begun-unit.ts";
import { type DestroyPlan, destroyPlatform, planDestroy } from "../run/destroy-platform.ts";
import { type DestroyUnit, holdsResources, orphanUnit, stackUnit } from "../run/destroy-unit.ts";
import { findOrphans, type Orphan } from "../run/find-orphans.ts";
import { otherTarget } from "../run/other-target.ts";
import type { Finding, StackOutcome } from "../run/run-event.ts";
import { nameInSpec } from "../stacks/rehearsed-platform.ts";
import { openStore } from "../stores/open-store.ts";
import { targetEnvironment } from "../targets/target.ts";
import { Approver } from "./approver.ts";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { CommandRun, RunFlags } from "./open-command-run.ts";
import { refuseOtherBackend } from "./refuse-other-backend.ts";
import { refuseOtherTarget } from "./refuse-other-target.ts";
import { runCommand } from "./run-command.ts";

export interface DestroyFlags extends RunFlags {
  readonly autoApprove?: boolean;
  readonly prune?: boolean;
}

/** Shows what would be destroyed, asks, and destroys it. */
export async function destroyCommand(
  where: readonly string[],
  flags: DestroyFlags,
  context: Context,
): Promise<ExitCode> {
  return runCommand("destroy", where, flags, context, async (opened) => {
    const orphans = await findOrphans(opened.context, opened.selection);
    const approver = new Approver(opened, context, flags.autoApprove);
    // Of an environment without stacks, what has left the spec is all that there is to destroy.
    const isPruning = flags.prune || opened.selection.addresses.length === 0;
    const [going, staying] = isPruning ? [orphans, []] : [[], orphans];
    const units = [...(await selectedUnits(opened)), ...(await orphanUnits(opened, going))];
    const outcomes = await destroyUnits(opened, units, "destroy", approver, staying);
    return {
      outcomes,
      orphans: orphans.map(({ address }) => address).filter((address) => !outcomes.has(address)),
    };
  });
}

async function selectedUnits(opened: CommandRun): Promise<readonly DestroyUnit[]> {
  const { context, selection, report } = opened;
  const units: DestroyUnit[] = [];
  for (const address of selection.addresses) {
    const stack = context.platform.stackByAddress.get(address);
    if (!stack) continue;
    const upstream = selection.upstreamOf.get(address);
    if (!isBootstrapStack(context.platform, stack)) {
      units.push(await stackUnit(context, stack, upstream));
      continue;
    }
    const backend = await backendStatus(context, stack);
    const begun = backend.isThere ? undefined : await begunUnit(context, stack, upstream);
    if (begun) {
      await refuseOtherBackend(context, [backend]);
      units.push(begun);
    } else report.tell({ kind: "note", message: staysBecause(backend) });
  }
  return units;
}

function staysBecause({ stack, isThere }: BackendStatus): string {
  return isThere
    ? `'${stack.address}' holds the states of its environment, and stays`
    : `'${stack.address}' makes the state backend of its environment, and was not begun here`;
}

/** Units of stacks that have left the spec; what exists on another target alone is left there. */
export async function orphanUnits(
  opened: CommandRun,
  orphans: readonly Orphan[],
): Promise<readonly DestroyUnit[]> {
  const { context } = opened;
  const units = await Promise.all(
    orphans.map(async (orphan) => {
      const store = await openStore(
        orphan.entry.entry.backend,
        targetEnvironment(context.target, context.environment),
        context.root,
      );
      return orphanUnit(context, orphan, store);
    }),
  );
  return units.filter((unit) => {
    const other = otherTarget(context, unit);
    if (!other?.isBound) return true;
    opened.report.tell({
      kind: "note",
      message: `'${unit.address}' was applied on another target (${other.kind}), and stays there`,
      hint: `put it back into the spec, then 'platc destroy ${unit.address} --target ${other.kind}'`,
    });
    return false;
  });
}

/** Plans, asks and destroys; what was not approved stays. */
export async function destroyUnits(
  opened: CommandRun,
  units: readonly DestroyUnit[],
  command: "destroy" | "apply" | "rehearse",
  approver: Pick<Approver, "approveNow">,
  orphans: readonly Orphan[],
): Promise<ReadonlyMap<string, StackOutcome>> {
  refuseOtherTarget(opened.context, new Map(units.map((unit) => [unit.address, unit] as const)));
  opened.report.tell({
    kind: "run-announced",
    runId: opened.context.runId,
    command,
    platform: nameInSpec(opened.context.platform.spec.name),
    target: opened.context.target.kind,
    stacks: units.map((unit) => unit.address),
    upToDate: [],
    toPlan: units.filter(holdsResources).length,
    orphans: orphans.map((orphan) => orphan.address),
  });
  const plans = await planDestroy(opened.context, units, (unit) => findingsOf(opened, unit, units));
  const isWorth = [...plans.values()].some((plan) => plan.status === "planned");
  const goesOn =
    !isWorth ||
    (await approver.approveNow(`Destroy what was shown in ${opened.context.target.description}?`));
  return goesOn ? destroyPlatform(opened.context, units, plans) : notDestroyed(plans, opened.signal);
}

function notDestroyed(
  plans: ReadonlyMap<string, DestroyPlan>,
  { aborted }: AbortSignal,
): ReadonlyMap<string, StackOutcome> {
  return new Map([...plans].map(([address, plan]) => [address, leftAs(plan, aborted)] as const));
}

function leftAs(plan: DestroyPlan, isInterrupted: boolean): StackOutcome {
  if (plan.status === "failed") return plan.outcome;
  if (plan.status === "nothing") return { status: "nothing-to-destroy" };
  return { status: isInterrupted ? "interrupted" : "declined" };
}

/** Dependents that are applied, read from the unit, and are not destroyed with it. */
function findingsOf(
  opened: CommandRun,
  unit: DestroyUnit,
  units: readonly DestroyUnit[],
): readonly Finding[] {
  const going = new Set(units.map((one) => one.address));
  const staying = opened.context.platform.stacks.filter(
    (stack) => stack.consumed.some((one) => one.address === unit.address) && !going.has(stack.address),
  );
  if (staying.length === 0) return [];
  return [
    {
      message: `${staying.map((stack) => `'${stack.address}'`).join(", ")} ${staying.length === 1 ? "reads" : "read"} from '${unit.address}', and would stay`,
      hint: `destroy it too: platc destroy '${unit.address}...'`,
    },
  ];
}
