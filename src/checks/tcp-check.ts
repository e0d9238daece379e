import { connect } from "node:net";
import {
  type CheckAttempt,
  type CheckOutcome,
  type CheckRunner,
  failed,
  passed,
  withinLimit,
} from "./check-attempt.ts";
import { explainNetworkError, networkErrorCode } from "./explain-network-error.ts";
import { optionalText, SettingError, textSetting } from "./setting.ts";

/** What a connection met. `elsewhere`: nothing that says anything about the port. */
type Port = { readonly state: "open" } | { readonly state: "closed" | "elsewhere"; readonly why: string };

/** A TCP port that must be open or closed. Refused and unanswered both are closed; a name that is not known is neither. */
export const runTcpCheck: CheckRunner = async (attempt) => {
  const host = textSetting(attempt.settings, "host");
  const port = portOf(textSetting(attempt.settings, "port"));
  const expected = optionalText(attempt.settings, "expect") ?? "open";
  return judge(`port ${port} of '${host}'`, expected, await knock(host, port, attempt));
};

function judge(place: string, expected: string, port: Port): CheckOutcome {
  if (port.state === "open")
    return expected === "open"
      ? passed(`${place} is open`)
      : failed(`${place} is open, and was to be closed`);
  if (port.state === "elsewhere") return failed(`${place} could not be tried: ${port.why}`);
  if (expected === "closed") return passed(`${place} is closed: ${port.why}`);
  return failed(`${place} is closed, and was to be open: ${port.why}`);
}

const CLOSED = new Set(["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EHOSTUNREACH"]);

function knock(host: string, port: number, attempt: CheckAttempt): Promise<Port> {
  const { signal } = attempt;
  return new Promise((done) => {
    const socket = connect({ host, port });
    const end = (found: Port) => {
      signal.removeEventListener("abort", giveUp);
      socket.destroy();
      done(found);
    };
    const giveUp = () => end({ state: "closed", why: `it did not answer ${withinLimit(attempt)}` });
    if (signal.aborted) return giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
    socket.once("connect", () => end({ state: "open" }));
    socket.once("error", (error) => {
      const state = CLOSED.has(networkErrorCode(error)) ? "closed" : "elsewhere";
      end({ state, why: explainNetworkError(error, host) });
    });
  });
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port > 0 && port < 65536) return port;
  throw new SettingError(`'port' must be a number from 1 to 65535, and is '${text}'`);
}
