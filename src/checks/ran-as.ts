import { membersOf, textOf } from "../plans/read-json.ts";
import type { CheckSettings } from "./check-attempt.ts";
import type { CheckContext } from "./check-context.ts";
import type { CheckResult } from "./check-result.ts";
import { isLoopback } from "./loopback.ts";

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
  if (kind === "s3" || (kind === "quality" && settings.has("s3"))) return "emulator";
  if (!ADDRESSED.has(kind)) return "local process";
  const address = addressOf(kind, settings);
  if (address === undefined) return "local process";
  const endpoint = environment["AWS_ENDPOINT_URL"];
  if (endpoint !== undefined && URL.canParse(endpoint) && new URL(endpoint).host === address.host)
    return "emulator";
  return isLoopback(address.hostname) ? "local process" : "cloud";
}

/** Kinds that look at an address. */
const ADDRESSED: ReadonlySet<string> = new Set(["http", "tcp", "sql", "quality"]);

function addressOf(kind: string, settings: CheckSettings): URL | undefined {
  const place = kind === "http" || kind === "tcp" ? settings : membersOf(settings.get("postgres"));
  const host = textOf(place.get("host"));
  const port = place.get("port") ?? "5432";
  const digits = typeof port === "object" && port !== null && "digits" in port ? port.digits : port;
  const url = kind === "http" ? textOf(settings.get("url")) : `http://${host}:${String(digits)}`;
  return url !== undefined && URL.canParse(url) ? new URL(url) : undefined;
}
