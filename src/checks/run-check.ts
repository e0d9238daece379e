import { setTimeout as sleep } from "node:timers/promises";
import type { CheckSpec } from "../stacks/stack.ts";
import type { CheckContext } from "./check-context.ts";
import {
  type CheckAttempt,
  type CheckOutcome,
  type CheckRunner,
  failed,
  withinLimit,
} from "./check-attempt.ts";
import { RUNNER_BY_KIND } from "./check-kinds.ts";
import type { CheckResult } from "./check-result.ts";
import { InvariantError } from "../diagnostics/invariant.ts";
import { ranAs } from "./ran-as.ts";
import { redactor } from "./redact.ts";
import { type KnownValues, resolveSettings } from "./resolve-settings.ts";
import { SettingError } from "./setting.ts";

const LONGEST_TIMER_SECONDS = 2_000_000;
/** What a kind may take after its time is up, to stop what it started and say what it saw. */
const GRACE_MILLISECONDS = 8000;

/** Runs one check: as often as it may be tried, until it passes. What goes wrong is in the result, not thrown. */
export async function runCheck(
  check: CheckSpec,
  known: KnownValues,
  context: CheckContext,
): Promise<CheckResult> {
  const clock = performance.now();
  const resolved = resolveSettings(check.settings, known);
  const settings = resolved.status === "ok" ? resolved.settings : new Map();
  const secrets = resolved.status === "ok" ? resolved.secrets : [];
  const redact = redactor([...secrets, ...credentialsIn(context)]);
  const finish = (outcome: CheckOutcome, attempts: number): CheckResult => {
    const details = outcome.status === "failed" ? outcome.details : undefined;
    return {
      name: check.name,
      kind: check.kind,
      status: outcome.status,
      message: redact(outcome.message),
      ...(details === undefined ? {} : { details: redact(details) }),
      ...(outcome.quality === undefined ? {} : { quality: outcome.quality }),
      attempts,
      seconds: Math.round(performance.now() - clock) / 1000,
      ranAs: ranAs(check.kind, settings, context),
    };
  };
  if (resolved.status === "missing") return finish(failed(resolved.what), 0);
  const load = RUNNER_BY_KIND.get(check.kind);
  if (load === undefined)
    return finish(failed(`the check says none of ${[...RUNNER_BY_KIND.keys()].join(", ")}`), 0);

  const run = await load();
  const { timeoutSeconds } = check;
  for (let attempts = 1; ; attempts++) {
    const outcome = await tryOnce(run, { settings, context, redact, timeoutSeconds });
    const isLast = outcome.status !== "failed" || outcome.isFinal === true || attempts >= check.attempts;
    // Whatever it saw: to a check of a closed port, an interruption looks like silence.
    if (context.signal?.aborted) return finish(INTERRUPTED, attempts);
    if (isLast) return finish(outcome, attempts);
    await pause(check.intervalSeconds, context.signal);
    if (context.signal?.aborted) return finish(INTERRUPTED, attempts);
  }
}

const INTERRUPTED: CheckOutcome = { status: "skipped", message: "interrupted before it ended" };

/** One try, which ends soon after its time is up even where its kind does not. */
async function tryOnce(run: CheckRunner, given: Omit<CheckAttempt, "signal">): Promise<CheckOutcome> {
  const { timeoutSeconds, context } = given;
  const limit =
    timeoutSeconds > 0 && timeoutSeconds < LONGEST_TIMER_SECONDS
      ? [AbortSignal.timeout(timeoutSeconds * 1000)]
      : [];
  const signal = AbortSignal.any([...limit, ...(context.signal === undefined ? [] : [context.signal])]);
  const attempt: CheckAttempt = { ...given, signal };
  const settled = new AbortController();
  const overdue = afterGrace(signal, settled.signal).then(() =>
    failed(`it did not end ${withinLimit(attempt)}`),
  );
  try {
    return await Promise.race([run(attempt), overdue]);
  } catch (error) {
    if (error instanceof InvariantError) throw error;
    if (error instanceof SettingError) return { ...failed(error.message), isFinal: true } as CheckOutcome;
    return failed(`it could not be tried: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    settled.abort();
  }
}

/** Resolves some seconds after the signal, or never where the try has settled. */
function afterGrace(signal: AbortSignal, settled: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const wait = () =>
      void sleep(GRACE_MILLISECONDS, undefined, { signal: settled }).then(done, () => undefined);
    if (signal.aborted) wait();
    else signal.addEventListener("abort", wait, { once: true, signal: settled });
  });
}

async function pause(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(seconds * 1000, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}

/** Programs print their environment. Those of an emulator are no secrets, and short ordinary words. */
function credentialsIn({ environment, target }: CheckContext): readonly string[] {
  if (target === "emulator") return [];
  const values = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"].map((name) => environment[name] ?? "");
  return values.filter((value) => value.length >= 12);
}
