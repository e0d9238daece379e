import type { Environment } from "../terraform/child-environment.ts";

/** Why something cannot be done, in one sentence, and how to mend it. */
export interface Refusal {
  readonly status: "failed";
  readonly message: string;
  readonly hint: string;
}

export type GivenEndpoint = { readonly status: "given"; readonly endpoint: string } | Refusal;

/**
 * The emulator that PLATC_EMULATOR_ENDPOINT names; undefined where it names none. It must be on this machine, or
 * its host be named once more in PLATC_EMULATOR_HOST; it is never AWS itself.
 */
export function givenEndpoint(environment: Environment): GivenEndpoint | undefined {
  const setting = environment["PLATC_EMULATOR_ENDPOINT"];
  if (!setting) return undefined;
  const url = parseUrl(setting);
  if (!url)
    return refuse(
      `PLATC_EMULATOR_ENDPOINT is '${setting}', which is no http address`,
      "Write it as http://127.0.0.1:4566.",
    );
  const { hostname } = url;
  if (/(^|\.)(amazonaws\.com(\.cn)?|api\.aws)$/.test(hostname))
    return refuse(
      `PLATC_EMULATOR_ENDPOINT names AWS itself, '${hostname}'`,
      "Name an emulator, or run with '--target cloud'.",
    );
  const isLocal = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  if (!isLocal && environment["PLATC_EMULATOR_HOST"] !== hostname)
    return refuse(
      `PLATC_EMULATOR_ENDPOINT names '${hostname}', which is not this machine`,
      `If it is an emulator, say so: PLATC_EMULATOR_HOST=${hostname}`,
    );
  // With a name for a host, S3 clients would look up 'bucket.localhost'.
  if (hostname === "localhost") url.hostname = "127.0.0.1";
  return { status: "given", endpoint: url.href.replace(/\/+$/, "") };
}

function parseUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return ["http:", "https:"].includes(url.protocol) ? url : undefined;
}

function refuse(message: string, hint: string): Refusal {
  return { status: "failed", message, hint };
}
