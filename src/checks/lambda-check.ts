import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { type Json, parseJson } from "../plans/json.ts";
import { memberOf, textOf } from "../plans/read-json.ts";
import { cutLine } from "../plans/quote-text.ts";
import { awsClientOptions } from "./aws-client-options.ts";
import {
  type CheckAttempt,
  type CheckOutcome,
  type CheckRunner,
  failed,
  passed,
  withinLimit,
} from "./check-attempt.ts";
import { endOf } from "./excerpt.ts";
import { explainAwsError } from "./explain-aws-error.ts";
import { findMismatch } from "./json-expectation.ts";
import { jsonText } from "./json-text.ts";
import { mapSetting, optionalText, textSetting } from "./setting.ts";
import { withoutVersionWarning } from "../stores/without-version-warning.ts";

/** What a function answered. Its HTTP status is 200 even where the function failed. */
interface Answer {
  /** `Handled` or `Unhandled`; undefined where the function did not fail. */
  readonly functionError: string | undefined;
  readonly payload: Json | undefined;
  readonly log: string;
}

/** Invokes a function and looks at its error, then at its answer. */
export const runLambdaCheck: CheckRunner = async (attempt) => {
  const name = textSetting(attempt.settings, "function");
  const expect = mapSetting(attempt.settings, "expect");
  const functionError = optionalText(expect, "functionError");
  const json = mapSetting(expect, "json");
  const options = await awsClientOptions("lambda", attempt.context);
  // One attempt: the SDK would invoke again after a lost answer, and the function may have done its work.
  const client = withoutVersionWarning(() => new LambdaClient({ ...options, maxAttempts: 1 }));
  try {
    const answer = await invoke(client, name, attempt);
    return judge(`function '${name}'`, answer, { functionError, json }, attempt);
  } catch (error) {
    if (attempt.signal.aborted) return failed(`function '${name}' did not answer ${withinLimit(attempt)}`);
    return failed(`function '${name}' could not be invoked: ${explainAwsError(error)}`);
  } finally {
    client.destroy();
  }
};

async function invoke(client: LambdaClient, name: string, attempt: CheckAttempt): Promise<Answer> {
  const payload = attempt.settings.get("payload");
  const Payload = payload === undefined ? {} : { Payload: Buffer.from(jsonText(payload)) };
  const command = new InvokeCommand({ FunctionName: name, LogType: "Tail", ...Payload });
  const answer = await client.send(command, { abortSignal: attempt.signal });
  return {
    functionError: answer.FunctionError,
    payload: jsonOf(answer.Payload?.transformToString() ?? ""),
    log: logOf(answer.LogResult),
  };
}

function judge(
  name: string,
  answer: Answer,
  expect: { readonly functionError: string | undefined; readonly json: ReadonlyMap<string, Json> },
  attempt: CheckAttempt,
): CheckOutcome {
  const { functionError, payload } = answer;
  const type = textOf(memberOf(payload, "errorType"));
  if (attempt.context.target === "emulator" && type === "Emulator.NotEmulated")
    return { status: "skipped", message: textOf(memberOf(payload, "errorMessage")) ?? type };
  const fail = (message: string) => failed(message, endOf(attempt.redact(answer.log)));
  const said = cutLine(attempt.redact(textOf(memberOf(payload, "errorMessage")) ?? ""));
  const how =
    functionError === undefined
      ? "answered"
      : `failed with ${[type ?? functionError, said].filter(Boolean).join(": ")}`;
  const due = expect.functionError;
  if (due === undefined && functionError !== undefined) return fail(`${name} ${how}`);
  if (due !== undefined && (functionError === undefined || ![functionError, type].includes(due)))
    return fail(`${name} ${how}, and the error '${due}' was due`);
  if (expect.json.size === 0)
    return passed(due === undefined ? `${name} ${how}` : `${name} ${how}, as was due`);
  if (payload === undefined) return fail(`${name} ${how}, but its answer is no JSON`);
  const mismatch = findMismatch(payload, expect.json, attempt.redact);
  return mismatch === undefined
    ? passed(`${name} ${how}, as was due`)
    : fail(`${name} ${how}, but in its answer ${mismatch}`);
}

/** Lambda gives the last 4 KB of the log, from the middle of a line on. */
function logOf(encoded: string | undefined): string {
  const log = Buffer.from(encoded ?? "", "base64").toString("utf8");
  return log.startsWith("START ") ? log : log.slice(log.indexOf("\n") + 1);
}

function jsonOf(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
