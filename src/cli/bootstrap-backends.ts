import { backendOf } from "../run/backend-of.ts";
import { bootstrapBackend, readBackends } from "../run/bootstrap.ts";
import type { StackOutcome } from "../run/run-event.ts";
import type { Stack } from "../stacks/stack.ts";
import type { Approver } from "./approver.ts";
import { CommandError } from "./exit-codes.ts";
import { makeByHand } from "./make-by-hand.ts";
import type { CommandRun } from "./open-command-run.ts";
import { refuseOtherBackend } from "./refuse-other-backend.ts";

/** Makes the state backends of the selected environments, one after the other. */
export async function bootstrapBackends(
  opened: CommandRun,
  approver: Approver,
): Promise<ReadonlyMap<string, StackOutcome>> {
  const { context, selection, report } = opened;
  const stacks = selection.addresses.flatMap((address) => context.platform.stackByAddress.get(address) ?? []);
  const backends = await readBackends(context, new Set(stacks.map((stack) => stack.environment.name)));
  if (backends.length === 0)
    throw new CommandError(
      "no stack makes the state backend of these environments",
      `name the stack that does under 'state: bootstrap:', or make the backend by hand${commandsOf(stacks)}`,
    );
  await refuseOtherBackend(context, backends);
  const outcomes = new Map<string, StackOutcome>();
  for (const { stack, isThere } of backends) {
    const started = context.now().getTime();
    const question = `Make the state backend of '${stack.environment.name}' in ${context.target.description}?`;
    const outcome: StackOutcome = isThere
      ? { status: "up-to-date" }
      : await bootstrapBackend(context, stack, () => approver.approveNow(question));
    outcomes.set(stack.address, outcome);
    const seconds = (context.now().getTime() - started) / 1000;
    report.tell({ kind: "stack-finished", address: stack.address, outcome, seconds });
  }
  return outcomes;
}

function commandsOf(stacks: readonly Stack[]): string {
  const commands = new Set(stacks.map(backendOf).flatMap((backend) => makeByHand(backend) ?? []));
  return commands.size === 0 ? "" : `:\n${[...commands].map((command) => `    ${command}`).join("\n")}`;
}
