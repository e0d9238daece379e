import type { CheckSpec } from "../stacks/stack.ts";
import { byCodePoint } from "../text/compare.ts";
import type { CheckContext } from "./check-context.ts";
import type { CheckResult } from "./check-result.ts";
import { ranAs } from "./ran-as.ts";
import type { KnownValues } from "./resolve-settings.ts";
import { runCheck } from "./run-check.ts";

export interface ChecksRun {
  readonly checks: readonly CheckSpec[];
  readonly known: KnownValues;
  readonly context: CheckContext;
  /** Told of each check as soon as it has ended or is skipped. */
  readonly onResult?: (result: CheckResult) => void;
  /** Runs one check; tests hand in a fake. */
  readonly run?: typeof runCheck;
}

/** Runs the checks of a stack one after another, each after those that it names; results in that order. */
export async function runChecks(given: ChecksRun): Promise<readonly CheckResult[]> {
  const { known, context, onResult, run = runCheck } = given;
  const resultByName = new Map<string, CheckResult>();
  for (const check of inOrder(given.checks)) {
    const reason = reasonToSkip(check, resultByName, context);
    const result = reason === undefined ? await run(check, known, context) : skipped(check, reason, context);
    resultByName.set(check.name, result);
    onResult?.(result);
  }
  return [...resultByName.values()];
}

/** By name, each after what it names; a circle, which a rule forbids, comes last and is skipped. */
function inOrder(checks: readonly CheckSpec[]): readonly CheckSpec[] {
  const rest = [...checks].sort((left, right) => byCodePoint(left.name, right.name));
  const ordered: CheckSpec[] = [];
  while (rest.length > 0) {
    const isWaiting = (check: CheckSpec) => rest.some((other) => check.after.includes(other.name));
    const ready = rest.findIndex((check) => !isWaiting(check));
    if (ready < 0) return [...ordered, ...rest];
    ordered.push(...rest.splice(ready, 1));
  }
  return ordered;
}

function reasonToSkip(
  check: CheckSpec,
  resultByName: ReadonlyMap<string, CheckResult>,
  { signal, target }: CheckContext,
): string | undefined {
  if (signal?.aborted) return "interrupted before it began";
  if (check.targets?.includes(target) === false)
    return `it can only be tried on the ${check.targets.join(" or the ")}`;
  for (const name of check.after) {
    const before = resultByName.get(name);
    if (before === undefined) return `it comes after '${name}', which did not run`;
    if (before.status === "failed") return `it comes after '${name}', which failed`;
    if (before.status === "skipped") return `it comes after '${name}', which was skipped`;
  }
  return undefined;
}

function skipped(check: CheckSpec, message: string, context: CheckContext): CheckResult {
  return {
    name: check.name,
    kind: check.kind,
    status: "skipped",
    message,
    attempts: 0,
    seconds: 0,
    ranAs: ranAs(check.kind, new Map(), context),
  };
}
