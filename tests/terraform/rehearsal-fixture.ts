import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { readProviderSchema } from "../../src/provider/read-provider-schema.ts";
import type { ProviderOverlay } from "../../src/provider/type-overlay.ts";
import type { Fault } from "../../src/rehearsal/fault.ts";
import {
  type RehearsalProvider,
  startRehearsalProvider,
} from "../../src/rehearsal/start-rehearsal-provider.ts";

const TEXT = { type: "string" } as const;
const NAME = { ...TEXT, required: true };
const COMPUTED = { ...TEXT, computed: true };

/** A cloud with a region, and a cluster that takes objects of any shape. */
export const SCHEMAS = [
  readProviderSchema(
    {
      provider: { block: { attributes: { region: { ...TEXT, optional: true } } } },
      resource_schemas: {
        cloud_network: {
          version: 2,
          block: {
            attributes: {
              id: COMPUTED,
              name: NAME,
              address: { ...COMPUTED, optional: true },
              tags: { type: ["map", "string"], optional: true },
              size: { type: "number", optional: true },
            },
          },
        },
        cloud_server: {
          block: {
            attributes: {
              id: COMPUTED,
              name: NAME,
              network_id: NAME,
              note: { ...TEXT, optional: true },
              password: { ...COMPUTED, sensitive: true },
              secret_wo: { ...TEXT, optional: true, write_only: true },
              disks: {
                nested_type: {
                  nesting_mode: "list",
                  attributes: { gigabytes: { type: "number", required: true }, device: COMPUTED },
                },
                optional: true,
              },
            },
            block_types: {
              rule: {
                nesting_mode: "set",
                block: { attributes: { port: { type: "number", required: true }, rule_id: COMPUTED } },
              },
            },
          },
        },
      },
      data_source_schemas: {
        cloud_network: { block: { attributes: { id: COMPUTED, name: NAME, address: COMPUTED } } },
      },
      ephemeral_resource_schemas: {
        cloud_token: {
          block: { attributes: { name: NAME, token: { ...COMPUTED, sensitive: true } } },
        },
      },
    },
    "platc-test/cloud",
    "1.2.3",
  ),
  readProviderSchema(
    {
      provider: { block: { attributes: { server: NAME, token: { ...TEXT, optional: true } } } },
      resource_schemas: {
        cluster_object: {
          block: { attributes: { id: COMPUTED, name: NAME, manifest: { type: "dynamic", required: true } } },
        },
      },
    },
    "platc-test/cluster",
    "0.1.0",
  ),
];

export const OVERLAYS: readonly ProviderOverlay[] = [
  {
    source: "platc-test/cloud",
    settings: { ACCOUNT: "rehearsal" },
    resources: new Map([
      ["cloud_network", { id: "/accounts/{ACCOUNT}/networks/{name}" }],
      ["cloud_server", { id: "{network_id}/servers/{name}" }],
    ]),
    dataSources: new Map([["cloud_network", { match: ["name"] }]]),
  },
];

/** A folder with root modules and a world, and the program that serves them as it is shipped. */
export interface RehearsalFixture {
  readonly folder: string;
  readonly world: string;
  readonly program: string;
  readonly start: (
    faults?: readonly Fault[],
    overlays?: readonly ProviderOverlay[],
  ) => Promise<RehearsalProvider>;
  /** A root module from Terraform text, with both providers required. */
  readonly root: (name: string, text: string) => string;
  /** Runs a program (`terraform`) for a root module, attached as the stack of that name. */
  readonly run: (provider: RehearsalProvider, name: string, ...args: readonly string[]) => Promise<Ran>;
  /** As `start`, for a platc that is a process of its own and can be killed. */
  readonly startElsewhere: (faults: readonly Fault[]) => Promise<OtherPlatc>;
  readonly remove: () => void;
}

export interface OtherPlatc {
  /** Attaches one stack. */
  readonly provider: Attaching & { readonly pid: number };
  readonly kill: () => void;
}

/** What a run needs of a provider process. */
export type Attaching = Pick<RehearsalProvider, "attach" | "detach">;

export interface Ran {
  readonly code: number | null;
  readonly text: string;
}

const REQUIRED = `terraform {
  required_providers {
    cloud   = { source = "platc-test/cloud" }
    cluster = { source = "platc-test/cluster" }
  }
}
`;

/** Makes the folder, and bundles the program into it. */
export async function rehearsalFixture(terraform: string): Promise<RehearsalFixture> {
  const folder = mkdtempSync(join(tmpdir(), "platc-rehearsal-"));
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  const program = join(folder, "provider-main.mjs");
  await build({
    entryPoints: ["src/rehearsal/provider-main.ts"],
    outfile: program,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "warning",
  });
  const world = join(folder, "world");
  return {
    folder,
    world,
    program,
    start: (faults = [], overlays = OVERLAYS) =>
      startRehearsalProvider({
        schemas: SCHEMAS,
        overlays,
        worldFolder: world,
        faults,
        logFile: join(folder, "provider.log"),
        program,
      }),
    root(name, text) {
      mkdirSync(join(folder, name), { recursive: true });
      writeFileSync(join(folder, name, "main.tf"), REQUIRED + text);
      return join(folder, name);
    },
    async run(provider, name, ...args) {
      const { ended } = await startTerraform(terraform, folder, provider, name, args);
      return ended;
    },
    startElsewhere: (faults) => startElsewhere(folder, { worldFolder: world, program, faults }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Starts Terraform in a root module; its output is what it says on both streams. */
export async function startTerraform(
  terraform: string,
  folder: string,
  provider: Attaching,
  name: string,
  args: readonly string[],
): Promise<{ readonly child: ChildProcess; readonly ended: Promise<Ran>; readonly said: () => string }> {
  const attached = await provider.attach(name);
  const { TF_CLI_CONFIG_FILE: _dangling, ...environment } = process.env;
  const child = spawn(terraform, [`-chdir=${join(folder, name)}`, ...args], {
    env: {
      ...environment,
      TF_REATTACH_PROVIDERS: JSON.stringify(attached),
      TF_IN_AUTOMATION: "1",
      TF_CLI_ARGS: "-no-color",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += String(chunk)));
  child.stderr.on("data", (chunk: Buffer) => (text += String(chunk)));
  const ended = new Promise<number | null>((done) => child.once("close", done)).then(async (code) => {
    await provider.detach(name).catch(() => undefined);
    return { code, text };
  });
  return { child, ended, said: () => text };
}

/** The attributes of each resource in the local state of a root module, by address. */
export function stateOf(
  folder: string,
  name: string,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const { resources } = JSON.parse(readFileSync(join(folder, name, "terraform.tfstate"), "utf8")) as {
    readonly resources: readonly {
      readonly mode: string;
      readonly type: string;
      readonly name: string;
      readonly instances: readonly {
        readonly index_key?: unknown;
        readonly attributes: Record<string, unknown>;
      }[];
    }[];
  };
  return Object.fromEntries(
    resources.flatMap(({ mode, type, name: own, instances }) =>
      instances.map(({ index_key: key, attributes }) => [
        `${mode === "data" ? "data." : ""}${type}.${own}${key === undefined ? "" : `[${JSON.stringify(key)}]`}`,
        attributes,
      ]),
    ),
  );
}

/** A platc, cut down to its rehearsal, that attaches one stack, says so, and waits to be killed. */
async function startElsewhere(
  folder: string,
  request: { readonly worldFolder: string; readonly program: string; readonly faults: readonly Fault[] },
): Promise<OtherPlatc> {
  const outfile = join(folder, "platc.mjs");
  const contents = `
    import { startRehearsalProvider } from "../../src/rehearsal/start-rehearsal-provider.ts";
    import { OVERLAYS, SCHEMAS } from "./rehearsal-fixture.ts";
    const request = { schemas: SCHEMAS, overlays: OVERLAYS, logFile: process.argv[2], ...JSON.parse(process.argv[3]) };
    const provider = await startRehearsalProvider(request);
    console.log(JSON.stringify({ pid: provider.pid, attached: await provider.attach("one") }));
    setInterval(() => undefined, 1000);`;
  const stdin = { contents, resolveDir: import.meta.dirname };
  await build({
    stdin,
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
  const child = spawn(process.execPath, [outfile, join(folder, "provider.log"), JSON.stringify(request)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = await new Promise<string>((done) =>
    child.stdout.once("data", (data: Buffer) => done(String(data))),
  );
  const { pid, attached } = JSON.parse(line) as {
    readonly pid: number;
    readonly attached: Awaited<ReturnType<Attaching["attach"]>>;
  };
  return {
    provider: { pid, attach: () => Promise.resolve(attached), detach: () => Promise.resolve() },
    kill: () => void child.kill("SIGKILL"),
  };
}
