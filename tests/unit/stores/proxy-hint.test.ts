import { afterEach, expect, test, vi } from "vitest";
import { explainNetworkError } from "../../../src/checks/explain-network-error.ts";
import { explainAzureError } from "../../../src/stores/azure-errors.ts";
import { openStore } from "../../../src/stores/open-store.ts";
import { type Client, isProxyUnknown, proxyHint } from "../../../src/stores/proxy-hint.ts";
import { StoreMissingError } from "../../../src/stores/store-error.ts";

afterEach(() => vi.unstubAllEnvs());

const failure = (code: string, message = code): Error => Object.assign(new Error(message), { code });
const refused = failure("ECONNREFUSED", "connect ECONNREFUSED 10.0.0.7:443");
const PROXY = "http://me:secret@proxy.corp:3128";

test.each<[string, Error, Client, Record<string, string>, string | undefined]>([
  ["no proxy, no hint", refused, "azure", {}, undefined],
  [
    "an address without its login",
    ...([refused, "azure", { HTTPS_PROXY: PROXY }] as const),
    "it is asked through the proxy of HTTPS_PROXY, 'http://proxy.corp:3128'",
  ],
  [
    "small letters, and what is left out",
    ...([
      failure("ETIMEDOUT"),
      "google",
      { https_proxy: "me:secret@proxy.corp:3128", NO_PROXY: ".corp" },
    ] as const),
    "it is asked through the proxy of https_proxy, 'proxy.corp:3128', unless NO_PROXY names it",
  ],
  [
    "the variable that the SDK of Google looks at first",
    ...([refused, "google", { HTTPS_PROXY: "http://a", HTTP_PROXY: "http://b" }] as const),
    "it is asked through the proxy of HTTP_PROXY, 'http://b'",
  ],
  ["ALL_PROXY is nothing to Google's", refused, "google", { ALL_PROXY: PROXY }, undefined],
  [
    "a proxy that wants a login",
    ...([failure("", "HTTP status 407"), "azure", { ALL_PROXY: "http://p" }] as const),
    "it is asked through the proxy of ALL_PROXY, 'http://p'",
  ],
  [
    "what is asked without one",
    ...([refused, "direct", { HTTPS_PROXY: PROXY }] as const),
    "HTTPS_PROXY is set, and this is asked without a proxy",
  ],
  [
    "this machine is nobody's to go through a proxy for",
    ...([
      failure("ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:9"),
      "direct",
      { HTTPS_PROXY: PROXY },
    ] as const),
    undefined,
  ],
  [
    "an answer is none of the proxy's",
    failure("AuthorizationFailure"),
    "azure",
    { HTTPS_PROXY: PROXY },
    undefined,
  ],
])("%s", (_, error, client, variables, hint) => {
  expect(proxyHint(error, client, variables)).toBe(hint);
});

test("a proxy without an address is not taken for an account that is not there", async () => {
  const unknown = failure("ENOTFOUND", "getaddrinfo ENOTFOUND proxy.corp");
  expect(isProxyUnknown(unknown, "azure", { HTTPS_PROXY: PROXY })).toBe(true);
  expect(isProxyUnknown(unknown, "azure", { HTTPS_PROXY: "http://other.corp" })).toBe(false);
  vi.stubEnv("HTTPS_PROXY", PROXY);
  vi.stubEnv("NO_PROXY", "");
  vi.stubEnv("no_proxy", "");
  const explained = await explainAzureError("azurerm://a/c", "localhost", "read 'k'", unknown);
  expect(explained).not.toBeInstanceOf(StoreMissingError);
  expect(explained.message).toBe(
    "azurerm://a/c: cannot read 'k': ENOTFOUND: getaddrinfo ENOTFOUND proxy.corp; it is asked through the proxy of HTTPS_PROXY, 'http://proxy.corp:3128'",
  );
});

test("checks say that they go through no proxy", () => {
  vi.stubEnv("HTTPS_PROXY", PROXY);
  expect(explainNetworkError(refused, "api.example.com")).toBe(
    "it refused the connection; HTTPS_PROXY is set, and this is asked without a proxy",
  );
  expect(explainNetworkError(failure("ECONNRESET"), "localhost")).toBe("it closed the connection");
});

test.each([
  ["azurerm", { storage_account_name: "a", container_name: "c" }, { ARM_ACCESS_KEY: "a2V5" }],
  ["gcs", { bucket: "b" }, { GOOGLE_OAUTH_ACCESS_TOKEN: "t" }],
])(
  "the SDK of %s goes where the hint says",
  async (type, config, environment) => {
    for (const name of ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"])
      vi.stubEnv(name, "");
    // Nobody listens on port 1, and what asks it asks no other machine.
    vi.stubEnv("HTTPS_PROXY", "http://127.0.0.1:1");
    const store = await openStore({ type, config }, environment, "/p");
    await expect(store.exists()).rejects.toThrow(
      /ECONNREFUSED 127\.0\.0\.1:1; it is asked through the proxy of HTTPS_PROXY, 'http:\/\/127\.0\.0\.1:1'$/,
    );
  },
  60_000,
);
