import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openAzureStandIn } from "./azure-stand-in.ts";
import { installAzurite, installFakeGcs } from "./install-backend-servers.ts";
import { startFakeGcs } from "./start-fake-gcs.ts";

const [azurite, gcs] = [installAzurite(), installFakeGcs()];
const missing = [azurite, gcs].flatMap((one) => ("missing" in one ? [one.missing] : []));
const why = missing.length > 0 ? ` (skipped: ${missing.join("; ")})` : "";

const SOURCE = `
import { openStore } from "../../src/stores/open-store.ts";
const store = await openStore(JSON.parse(process.env.BACKEND), process.env, "/p");
await store.write("k", "written", { ifAbsent: true });
console.log(new TextDecoder().decode((await store.read("k")).bytes));`;

/** As build.mjs puts it in front. */
const REQUIRE = `import { createRequire as platcRequire } from "node:module"; const require = platcRequire(import.meta.url);`;

describe.skipIf(why !== "")(`the stores in the bundle, SDKs and all${why}`, () => {
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "platc-bundled-"));
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
    await build({
      stdin: { contents: SOURCE, resolveDir: import.meta.dirname, loader: "ts" },
      ...{ outdir: folder, outExtension: { ".js": ".mjs" }, bundle: true, splitting: true, format: "esm" },
      ...{ platform: "node", target: "node20", logLevel: "error", banner: { js: REQUIRE }, external: ["pg"] },
      ...{ minifyWhitespace: true, minifySyntax: true },
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const node = (backend: object, environment: Readonly<Record<string, string>>) =>
    promisify(execFile)(process.execPath, [join(folder, "stdin.mjs")], {
      env: { BACKEND: JSON.stringify(backend), HOME: folder, PATH: process.env["PATH"], ...environment },
    });

  test("azurerm, with who signs in", async () => {
    const azure = await openAzureStandIn("path" in azurite ? azurite.path : "");
    try {
      await azure.makeContainer("states");
      const config = {
        storage_account_name: azure.account,
        container_name: "states",
        use_azuread_auth: true,
      };
      const identity = {
        ARM_TENANT_ID: "22222222-2222-2222-2222-222222222222",
        ARM_CLIENT_ID: "33333333-3333-3333-3333-333333333333",
        ARM_CLIENT_SECRET: "secret",
      };
      const { stdout, stderr } = await node(
        { type: "azurerm", config },
        { ...azure.environment, ...identity },
      );
      expect({ stdout, stderr }).toEqual({ stdout: "written\n", stderr: "" });
      expect(azure.signIns.map((asked) => asked.get("client_secret"))).toEqual(["secret"]);
    } finally {
      azure.close();
    }
  });

  test("gcs, with a token", async () => {
    const google = await startFakeGcs("path" in gcs ? gcs.path : "");
    try {
      await google.makeBucket("states");
      const config = { bucket: "states", storage_custom_endpoint: `${google.endpoint}/storage/v1/` };
      const { stdout, stderr } = await node({ type: "gcs", config }, { GOOGLE_OAUTH_ACCESS_TOKEN: "token" });
      expect({ stdout, stderr }).toEqual({ stdout: "written\n", stderr: "" });
    } finally {
      google.close();
    }
  });
});
