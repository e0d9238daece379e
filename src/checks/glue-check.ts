import { setTimeout as sleep } from "node:timers/promises";
import {
  BatchStopJobRunCommand,
  GetJobCommand,
  GetJobRunCommand,
  GlueClient,
  type JobRun,
  StartJobRunCommand,
} from "@aws-sdk/client-glue";
import { cutLine } from "../plans/quote-text.ts";
import { nameOf } from "../stores/s3-errors.ts";
import { awsClientOptions } from "./aws-client-options.ts";
import {
  type CheckAttempt,
  type CheckOutcome,
  type CheckRunner,
  failed,
  passed,
  withinLimit,
} from "./check-attempt.ts";
import { explainAwsError } from "./explain-aws-error.ts";
import { optionalText, textMapSetting, textSetting } from "./setting.ts";
import { withoutVersionWarning } from "../stores/without-version-warning.ts";

const ENDED = new Set(["SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED", "ERROR", "EXPIRED"]);

/** Runs a job to its end; the time limit is that of the whole run, which is stopped where it takes longer. */
export const runGlueCheck: CheckRunner = async (attempt) => {
  const job = textSetting(attempt.settings, "job");
  const expected = optionalText(attempt.settings, "expect") ?? "SUCCEEDED";
  const args = jobArguments(attempt);
  const options = await awsClientOptions("glue", attempt.context);
  const client = withoutVersionWarning(() => new GlueClient({ ...options, maxAttempts: 3 }));
  const trial: Trial = {
    client,
    job,
    args,
    attempt,
    pause: attempt.context.target === "emulator" ? 200 : 2000,
  };
  try {
    const notEmulated = await findNotEmulated(trial);
    if (notEmulated !== undefined) return { status: "skipped", message: notEmulated };
    const id = await start(trial);
    if (id === undefined)
      return failed(
        `job '${job}' could not be started ${withinLimit(attempt)}: as many runs of it as may be are under way`,
      );
    return await finish(trial, id, expected);
  } catch (error) {
    if (attempt.signal.aborted) return failed(`Glue did not answer for job '${job}' ${withinLimit(attempt)}`);
    return failed(`job '${job}' could not be run: ${explainAwsError(error)}`);
  } finally {
    client.destroy();
  }
};

interface Trial {
  readonly client: GlueClient;
  readonly job: string;
  readonly args: Readonly<Record<string, string>>;
  readonly attempt: CheckAttempt;
  /** Milliseconds between two looks. */
  readonly pause: number;
}

/** Glue leaves out arguments that do not begin with two dashes, without a word. */
function jobArguments({ settings }: CheckAttempt): Readonly<Record<string, string>> {
  const entries = [...textMapSetting(settings, "arguments")];
  return Object.fromEntries(
    entries.map(([name, value]) => [name.startsWith("--") ? name : `--${name}`, value]),
  );
}

/** The emulator says of a Spark job that it SUCCEEDED, and does no work. */
async function findNotEmulated({ client, job, attempt }: Trial): Promise<string | undefined> {
  if (attempt.context.target !== "emulator") return undefined;
  const { Job } = await client.send(new GetJobCommand({ JobName: job }), { abortSignal: attempt.signal });
  const kind = Job?.Command?.Name ?? "unknown";
  return kind === "pythonshell"
    ? undefined
    : `the emulator does no work for jobs of kind '${kind}', such as '${job}'`;
}

/** Undefined where other runs did not end in time. */
async function start({ client, job, args, attempt, pause }: Trial): Promise<string | undefined> {
  const { signal } = attempt;
  for (let isTaken = false; ;) {
    try {
      const command = new StartJobRunCommand({ JobName: job, Arguments: args });
      return (await client.send(command, { abortSignal: signal })).JobRunId;
    } catch (error) {
      // Time may be up while Glue is asked once more: its last answer counts then.
      if (isTaken && signal.aborted) return undefined;
      if (nameOf(error) !== "ConcurrentRunsExceededException") throw error;
      isTaken = true;
      if (!(await pauseFor(pause, signal))) return undefined;
    }
  }
}

async function finish(trial: Trial, RunId: string, expected: string): Promise<CheckOutcome> {
  const { client, job, attempt, pause } = trial;
  const { signal } = attempt;
  let run: JobRun | undefined;
  try {
    do {
      const answer = await client.send(new GetJobRunCommand({ JobName: job, RunId }), {
        abortSignal: signal,
      });
      run = answer.JobRun;
    } while (endedRun(run) === undefined && (await pauseFor(pause, signal)));
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  const ended = endedRun(run);
  if (ended !== undefined) return judge(trial, ended, expected);
  const stopped = await stop(trial, RunId);
  const state = run?.JobRunState ?? "not known";
  const message = `job '${job}' did not end ${withinLimit(attempt)}: its run is ${state}, and ${stopped}`;
  return failed(message, `run ${RunId}`);
}

/** A run that has ended, or undefined. */
function endedRun(run: JobRun | undefined): JobRun | undefined {
  return ENDED.has(run?.JobRunState ?? "") ? run : undefined;
}

function judge({ job, attempt }: Trial, run: JobRun, expected: string): CheckOutcome {
  const state = run.JobRunState ?? "";
  const why = run.ErrorMessage ? `: ${cutLine(attempt.redact(run.ErrorMessage))}` : "";
  if (state === expected) return passed(`job '${job}' ended as ${state}${why}`);
  const log = run.LogGroupName ? `; its log is in the log group '${run.LogGroupName}'` : "";
  return failed(`job '${job}' ended as ${state}, and ${expected} was due${why}`, `run ${run.Id}${log}`);
}

/** A run that nobody waits for must not stand in the way of the next try. */
async function stop({ client, job }: Trial, runId: string): Promise<string> {
  try {
    const command = new BatchStopJobRunCommand({ JobName: job, JobRunIds: [runId] });
    const { Errors } = await client.send(command, { abortSignal: AbortSignal.timeout(5000) });
    const [error] = Errors ?? [];
    return error === undefined
      ? "was told to stop"
      : `could not be stopped: ${error.ErrorDetail?.ErrorMessage}`;
  } catch (error) {
    return `could not be stopped: ${explainAwsError(error)}`;
  }
}

/** False where time is up. */
async function pauseFor(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return sleep(milliseconds, true, { signal }).catch(() => false);
}
