import { networkCause } from "../stores/network-cause.ts";
import { proxyHint } from "../stores/proxy-hint.ts";
import { withHint } from "../stores/with-hint.ts";
import { isLoopback } from "./loopback.ts";

/** Why no connection came about, as a clause; `host` is whom it was to reach. */
export function explainNetworkError(error: unknown, host: string): string {
  const { code, message } = networkCause(error);
  const why = EXPLANATION_BY_CODE[code]?.replace("HOST", host) ?? message;
  return withHint(why, isLoopback(host) ? undefined : proxyHint(error, "direct"));
}

/** Node's code of a network error; empty where it has none. */
export function networkErrorCode(error: unknown): string {
  return networkCause(error).code;
}

const UNTRUSTED =
  "its certificate is not from an authority that this machine trusts (NODE_EXTRA_CA_CERTS adds one)";
const NO_TLS = "it does not speak TLS on this port";

const EXPLANATION_BY_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: "it refused the connection",
  ECONNRESET: "it closed the connection",
  UND_ERR_SOCKET: "it closed the connection",
  EPIPE: "it closed the connection",
  ETIMEDOUT: "it did not take the connection in time",
  UND_ERR_CONNECT_TIMEOUT: "it did not take the connection in time",
  UND_ERR_HEADERS_TIMEOUT: "it took the request and did not answer",
  UND_ERR_BODY_TIMEOUT: "it stopped in the middle of its answer",
  ENOTFOUND: "the name 'HOST' is not known",
  EAI_AGAIN: "the name 'HOST' could not be looked up",
  EHOSTUNREACH: "there is no way to 'HOST'",
  ENETUNREACH: "this machine has no network to 'HOST'",
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_NOT_YET_VALID: "its certificate is not valid yet",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by itself",
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is not for 'HOST'",
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
  EPROTO: NO_TLS,
};
