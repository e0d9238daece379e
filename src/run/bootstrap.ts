import { isBootstrapStack } from "../emit/emit-platform.ts";
import type { Stack } from "../stacks/stack.ts";
import { begunBackend } from "./begun-backend.ts";
import { outcomeOfFailedApply, outcomeOfFailure } from "./failed-outcome.ts";
import { filesWithoutBackend } from "./files-without-backend.ts";
import type { TargetedState } from "./other-target.ts";
import { planHasChanges } from "./plan-stack.ts";
import { recordInventory } from "./record-inventory.ts";
import type { RunContext } from "./run-context.ts";
import type { StackOutcome } from "./run-event.ts";
import { readKnowledge } from "./stack-knowledge.ts";
import { stackPlanned } from "./stack-planned.ts";
import { stackTerraform } from "./stack-terraform.ts";

/** The stack that makes the state backend of an environment, and whether it is there yet. */
export interface BackendStatus {
  readonly stack: Stack;
  readonly isThere: boolean;
}

/** The backends of some environments that a stack of the platform makes. */
export async function readBackends(
  context: RunContext,
  environments: ReadonlySet<string>,
): Promise<readonly BackendStatus[]> {
  const stacks = context.platform.stacks.filter(
    (stack) => environments.has(stack.environment.name) && isBootstrapStack(context.platform, stack),
  );
  return Promise.all(stacks.map((stack) => backendStatus(context, stack)));
}

/** Whether the backend that a stack makes is there yet. */
export async function backendStatus(context: RunContext, stack: Stack): Promise<BackendStatus> {
  return { stack, isThere: await isBackendThere(context, stack) };
}

async function isBackendThere(context: RunContext, stack: Stack): Promise<boolean> {
  const { store, objectKey } = await context.stateStore(stack);
  if (!(await store.exists())) return false;
  if (objectKey === null || (await store.head(objectKey)) !== undefined) return true;
  return (await begunBackend(context, stack).read()) === undefined;
}

/** Where the state of a stack that makes a backend is: in the backend, or on this machine as long as it is not. */
export async function backendPlace(
  context: RunContext,
  { stack, isThere }: BackendStatus,
): Promise<TargetedState> {
  return isThere ? readKnowledge(context, stack) : begunBackend(context, stack).place();
}

/**
 * Makes a state backend: its stack is applied with a state of its own on this machine, which is then moved into
 * what was made. Interrupted in between, it goes on from there.
 */
export async function bootstrapBackend(
  context: RunContext,
  stack: Stack,
  approve: () => Promise<boolean>,
): Promise<StackOutcome> {
  const terraform = stackTerraform(context, stack);
  const planned = await terraform.plan({ files: await filesWithoutBackend(context, stack) });
  if (planned.status === "failed") return outcomeOfFailure(planned);
  // An earlier run may have been cut off anywhere between the first resource and the move of the state.
  if (!planHasChanges(planned.plan)) {
    await terraform.removePlan();
    return moveState(context, stack, { status: "unchanged" });
  }
  const shown = stackPlanned(stack.address, planned.plan);
  const { summary } = shown;
  context.tell(shown);
  if (!(await approve())) return { status: "failed", message: "nobody has approved it", details: [] };
  await begunBackend(context, stack).begin();
  const applied = await terraform.apply("apply");
  if (applied.status === "failed") return outcomeOfFailedApply(applied);
  return moveState(context, stack, { status: "applied", summary });
}

async function moveState(context: RunContext, stack: Stack, outcome: StackOutcome): Promise<StackOutcome> {
  const { store, objectKey } = await context.stateStore(stack);
  const begun = begunBackend(context, stack);
  const local = await begun.read();
  if (objectKey === null || local === undefined) return outcome;
  await store.write(objectKey, local, { ifAbsent: true });
  await begun.remove();
  const { state, entry } = await readKnowledge(context, stack);
  await recordInventory(context, {
    stack,
    previous: entry,
    status: "complete",
    state,
    viewByAddress: new Map(),
    tested: null,
  });
  return outcome;
}
