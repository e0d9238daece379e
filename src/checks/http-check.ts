import { type Json, parseJson } from "../plans/json.ts";
import { quoteText } from "../plans/quote-text.ts";
import {
  type CheckAttempt,
  type CheckOutcome,
  type CheckRunner,
  type CheckSettings,
  failed,
  passed,
  withinLimit,
} from "./check-attempt.ts";
import { startOf } from "./excerpt.ts";
import { explainNetworkError } from "./explain-network-error.ts";
import type { Redact } from "./redact.ts";
import { findMismatch } from "./json-expectation.ts";
import { type HttpAnswer, sendRequest } from "./send-request.ts";
import {
  mapSetting,
  numbersSetting,
  optionalText,
  SettingError,
  textMapSetting,
  textSetting,
} from "./setting.ts";

/** What is due of an answer. */
interface Expectation {
  readonly statuses: readonly number[];
  readonly contains: string | undefined;
  readonly json: ReadonlyMap<string, Json>;
}

/** One HTTP request. Redirects are never followed: where one is not due, a page to log in would count as health. */
export const runHttpCheck: CheckRunner = async (attempt) => {
  const { settings, signal, redact } = attempt;
  const method = optionalText(settings, "method") ?? "GET";
  const { url, shownUrl, headers } = requestOf(settings, redact);
  const request = `${method} ${shownUrl}`;
  const body = optionalText(settings, "body");
  const expectation = expectationOf(settings);
  try {
    const answer = await sendRequest({ url, method, headers, body }, signal);
    return judge({ request, answer, expectation, attempt });
  } catch (error) {
    if (signal.aborted) return failed(`${request} was not answered ${withinLimit(attempt)}`);
    return failed(`${request} was not answered: ${explainNetworkError(error, url.hostname)}`);
  }
};

/** A name and password in the URL become a header, which keeps them out of every message. */
function requestOf(settings: CheckSettings, redact: Redact) {
  const text = textSetting(settings, "url");
  const headers = new Headers([...textMapSetting(settings, "headers")]);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:")
    throw new SettingError(`'url' must be an http or https URL, and is ${quoteText(redact(text))}`);
  if (url.username !== "" || url.password !== "") {
    const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    if (!headers.has("authorization"))
      headers.set("authorization", `Basic ${Buffer.from(login).toString("base64")}`);
    url.username = url.password = "";
  }
  // As it was written: a URL spells secrets in it in ways of its own.
  return { url, shownUrl: text.replace(/\/\/[^/?#]*@/, "//"), headers };
}

function expectationOf(settings: CheckSettings): Expectation {
  return {
    statuses: numbersSetting(settings, "status") ?? [200],
    contains: optionalText(settings, "contains"),
    json: mapSetting(settings, "json"),
  };
}

function judge(seen: {
  readonly request: string;
  readonly answer: HttpAnswer;
  readonly expectation: Expectation;
  readonly attempt: CheckAttempt;
}): CheckOutcome {
  const { request, answer, expectation, attempt } = seen;
  const { status, location, text } = answer;
  const { statuses, contains, json } = expectation;
  const answered = `${request} answered ${status}`;
  const body = attempt.redact(text);
  const details = body.trim() === "" ? undefined : startOf(body);
  if (!statuses.includes(status)) {
    const towards = location === undefined ? "" : ` (a redirect to ${location})`;
    return failed(`${answered}${towards}, and ${statuses.join(" or ")} was due`, details);
  }
  if (contains !== undefined && !text.includes(contains))
    return failed(`${answered}, but its body does not hold ${quoteText(attempt.redact(contains))}`, details);
  if (json.size === 0) return passed(answered);
  const parsed = jsonOf(text);
  if (parsed === undefined) return failed(`${answered}, but its body is no JSON`, details);
  const mismatch = findMismatch(parsed, json, attempt.redact);
  return mismatch === undefined
    ? passed(answered)
    : failed(`${answered}, but in its body ${mismatch}`, details);
}

function jsonOf(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
