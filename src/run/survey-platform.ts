import { mapInTurns } from "../ledger/entry-store.ts";
import { providerDeferral } from "./deferral.ts";
import { appliedView, UNKNOWN_VIEW } from "./output-views.ts";
import type { Selection } from "./selection.ts";
import type { RunContext } from "./run-context.ts";
import { readKnowledge, type StackKnowledge } from "./stack-knowledge.ts";
import type { OutputView } from "./stack-plan.ts";
import { staleReasons } from "./stale-reasons.ts";

/** What is known before any Terraform is started, and what follows from it. */
export interface Survey {
  /** Of the selected stacks and of all that they read from. */
  readonly knowledgeByAddress: ReadonlyMap<string, StackKnowledge>;
  /** Selected stacks for which no Terraform will be started. */
  readonly upToDate: readonly string[];
  /** Selected stacks that will be planned, or may have to be: they read from one that changes. */
  readonly stale: readonly string[];
  /** Those of the stale that may turn out up to date, or deferred: what they read decides. */
  readonly undecided: readonly string[];
}

const READS_AT_ONCE = 16;

/** Reads what is known of every selected stack, and tells which of them will have to be planned. */
export async function surveyPlatform(
  context: RunContext,
  { selection, isRefreshAsked }: { readonly selection: Selection; readonly isRefreshAsked: boolean },
): Promise<Survey> {
  const knowledgeByAddress = await readAll(context, selection);
  const appliedByAddress = new Map(
    [...knowledgeByAddress].map(
      ([address, knowledge]) => [address, appliedView(context, address, knowledge)] as const,
    ),
  );
  const viewByAddress = new Map<string, OutputView>(appliedByAddress);
  const upToDate: string[] = [];
  const stale: string[] = [];
  const undecided: string[] = [];
  for (const address of selection.addresses) {
    const knowledge = knowledgeByAddress.get(address);
    if (!knowledge) continue;
    const isStaleWith = (views: ReadonlyMap<string, OutputView>): boolean =>
      staleReasons(context, { knowledge, viewByAddress: views, isRefreshAsked }).length > 0;
    if (!isStaleWith(viewByAddress)) {
      upToDate.push(address);
      continue;
    }
    stale.push(address);
    const { stack } = knowledge;
    const isSure = isStaleWith(appliedByAddress) && providerDeferral(stack, viewByAddress) === undefined;
    if (!isSure) undecided.push(address);
    viewByAddress.set(address, UNKNOWN_VIEW);
  }
  return { knowledgeByAddress, upToDate: upToDate.sort(), stale, undecided };
}

async function readAll(
  context: RunContext,
  selection: Selection,
): Promise<ReadonlyMap<string, StackKnowledge>> {
  const { stackByAddress } = context.platform;
  const wanted = new Set(selection.addresses);
  for (const address of selection.addresses)
    for (const one of stackByAddress.get(address)?.consumed ?? []) wanted.add(one.address);
  const stacks = [...wanted].flatMap((address) => stackByAddress.get(address) ?? []);
  const read = await mapInTurns(stacks, READS_AT_ONCE, (stack) => readKnowledge(context, stack));
  return new Map(read.map((knowledge) => [knowledge.stack.address, knowledge]));
}
