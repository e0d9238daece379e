import { type KnownValues, resolveSettings } from "../checks/resolve-settings.ts";
import { stepPart } from "../emit/step-digest.ts";
import type { StepsEntry } from "../ledger/step-record.ts";
import { saltedHash } from "../ledger/salted-hash.ts";
import type { Stack, StepSpec } from "../stacks/stack.ts";
import { isHeld } from "./held-step.ts";
import type { RunContext } from "./run-context.ts";

/** What decides whether the steps of a stack have to run. */
export interface StepFacts {
  readonly stack: Stack;
  /** What they did last; undefined where nothing is known of them. */
  readonly entry: StepsEntry | undefined;
  readonly known: KnownValues;
}

/** Why steps have to run, by name, one sentence for each reason; what is as it was is left out. In a rehearsal none runs. */
export function stepReasons(
  context: RunContext,
  { stack, entry, known }: StepFacts,
): ReadonlyMap<string, readonly string[]> {
  if (context.target.kind === "rehearsal") return new Map();
  const parts = context.manifestByAddress.get(stack.address)?.parts ?? {};
  const found = stack.steps.map((step) => {
    const definition = parts[stepPart(step.name)] ?? "";
    return [step.name, reasonsOf(context, step, { entry, known, definition })] as const;
  });
  return new Map(found.filter(([, reasons]) => reasons.length > 0));
}

function reasonsOf(
  context: RunContext,
  step: StepSpec,
  { entry, known, definition }: Omit<StepFacts, "stack"> & { readonly definition: string },
): readonly string[] {
  const { target } = context;
  const name = `'${step.name}'`;
  const record = entry?.steps[step.name];
  if (!entry || !record) return [`its step ${name} has never run`];
  if (entry.target !== target.kind) return [`its step ${name} ran on another target (${entry.target})`];
  if (isHeld(context, record)) return [`another run is at its step ${name} (${record.holder?.by})`];
  if (record.outcome === "begun") return [`its step ${name} did not end last time`];
  if (record.outcome === "failed") return [`its step ${name} failed last time`];
  if (record.definition !== definition) return [`its step ${name} changed`];
  const values = stepValues(step, known, entry.salt);
  if (values === undefined) return [`what its step ${name} reads may change`];
  return values === record.values ? [] : [`what its step ${name} reads changed`];
}

/** A hash of all that a step reads; undefined where something of it is not known. The same on any machine. */
export function stepValues(step: StepSpec, known: KnownValues, salt: string): string | undefined {
  const resolved = resolveSettings(step.settings, { ...known, path: (path) => path });
  return resolved.status === "ok" ? saltedHash(resolved.settings, salt) : undefined;
}
