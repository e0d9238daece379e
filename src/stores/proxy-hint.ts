import { networkCause } from "./network-cause.ts";

/** Who asks: the SDKs of Azure and Google go through a proxy; the one of AWS and what platc itself asks do not. */
export type Client = "azure" | "google" | "direct";

type Variables = Readonly<Record<string, string | undefined>>;

/** In the order in which each looks at them, in capitals or not. */
const VARIABLES: Readonly<Record<Client, readonly string[]>> = {
  azure: ["HTTPS_PROXY", "ALL_PROXY", "HTTP_PROXY"],
  google: ["HTTP_PROXY", "HTTPS_PROXY"],
  direct: ["HTTPS_PROXY", "ALL_PROXY", "HTTP_PROXY"],
};

/** `network_error` is what the library says that signs in to Azure; 407, a proxy that wants a login. */
const UNREACHED =
  /\b(?:ECONN(?:REFUSED|RESET)|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPROTO|network_error)\b|\b407\b/;

const LOOPBACK = /\b127\.\d+\.\d+\.\d+\b|::1\b|\blocalhost\b/;

/**
 * What the proxy of this machine has to do with a server that was not reached; undefined where there is none. The SDKs
 * take it from the variables of the process itself.
 */
export function proxyHint(
  error: unknown,
  client: Client,
  variables: Variables = process.env,
): string | undefined {
  const proxy = proxyOf(client, variables);
  const { code, message } = networkCause(error);
  if (proxy === undefined || !UNREACHED.test(`${code} ${message}`)) return undefined;
  if (client === "direct")
    return LOOPBACK.test(message) ? undefined : `${proxy.variable} is set, and this is asked without a proxy`;
  const unless = variables["NO_PROXY"] || variables["no_proxy"] ? ", unless NO_PROXY names it" : "";
  return `it is asked through the proxy of ${proxy.variable}, '${proxy.address}'${unless}`;
}

/** Whether the name that is not known is that of the proxy. */
export function isProxyUnknown(error: unknown, client: Client, variables: Variables = process.env): boolean {
  const { code, message } = networkCause(error);
  const host = proxyOf(client, variables)?.host;
  return code === "ENOTFOUND" && host !== undefined && message.endsWith(` ${host}`);
}

interface Proxy {
  readonly variable: string;
  /** Without a login. */
  readonly address: string;
  readonly host: string | undefined;
}

function proxyOf(client: Client, variables: Variables): Proxy | undefined {
  const names = VARIABLES[client].flatMap((name) => [name, name.toLowerCase()]);
  const variable = names.find((name) => variables[name]);
  if (variable === undefined) return undefined;
  const written = variables[variable] ?? "";
  const url = URL.canParse(written) ? new URL(written) : undefined;
  return {
    variable,
    address: written.replace(/^([^/]*\/\/)?[^/]*@/, "$1"),
    host: url?.hostname || undefined,
  };
}
