import { textOf } from "../plans/read-json.ts";
import type { CheckSettings } from "./check-attempt.ts";
import type { CheckContext } from "./check-context.ts";
import type { CheckResult } from "./check-result.ts";

/**
 * Who did the work that a check looked at. In the cloud, the cloud, also where a program of this machine looked. With
 * the emulator: Lambda functions, Glue jobs and programs are local processes, S3 is the emulator's own. An address is
 * the emulator's by host and port, a local process by a loopback host, and else somebody whom the emulator does not
 * stand in for.
 */
export function ranAs(
  kind: string,
  settings: CheckSettings,
  { target, environment }: CheckContext,
): CheckResult["ranAs"] {
  if (target === "cloud") return "cloud";
  if (kind === "s3") return "emulator";
  if (kind !== "http" && kind !== "tcp") return "local process";
  const address = addressOf(kind, settings);
  if (address === undefined) return "local process";
  const endpoint = environment["AWS_ENDPOINT_URL"];
  if (endpoint !== undefined && URL.canParse(endpoint) && new URL(endpoint).host === address.host)
    return "emulator";
  return isLoopback(address.hostname) ? "local process" : "cloud";
}

function addressOf(kind: "http" | "tcp", settings: CheckSettings): URL | undefined {
  const host = textOf(settings.get("host"));
  const port = settings.get("port");
  const digits = typeof port === "object" && port !== null && "digits" in port ? port.digits : port;
  const url = kind === "http" ? textOf(settings.get("url")) : `http://${host}:${String(digits)}`;
  return url !== undefined && URL.canParse(url) ? new URL(url) : undefined;
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127\./.test(hostname)
  );
}
