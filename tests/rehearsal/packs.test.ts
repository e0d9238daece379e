import { execFileSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compiled, makeProject, type Project, spec } from "../run/project.ts";
import { aboutPackage, type SamplePackage, writePackage } from "../unit/provider/sample-package.ts";
import { FROM_PACKS, lacksTerraform, rehearseApply } from "./rehearsed-project.ts";

const reason = lacksTerraform === undefined ? "" : ` (skipped: ${lacksTerraform})`;

const TYPES = ["shop_order", "shop_gift", "shop_basket"];
const RELEASES: readonly SamplePackage[] = [
  { name: "@cdktf/provider-shop", release: "4.0.0", version: "1.2.0", types: TYPES },
  { name: "@cdktf/provider-shop", release: "4.1.0", version: "1.3.0", types: TYPES },
  { name: "@cdktn/provider-shop", release: "5.0.0", version: "2.1.0", types: TYPES, library: "cdktn" },
];

const resource = (type: string): string => `terraform {
  required_providers {
    shop = { source = "acme/shop" }
  }
}
resource "${type}" "this" {
  name = "a"
  address {
    street = "b"
  }
}
`;

describe.skipIf(reason !== "")(`packs that platc makes${reason}`, { timeout: 120_000 }, () => {
  let registry: Registry;

  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(() => registry.stop());

  async function project(version: string, ...stacks: readonly string[]): Promise<Project> {
    const modules = Object.fromEntries(
      ["order", "gift", "odrer"].map((name) => [`modules/local/${name}/main.tf`, resource(`shop_${name}`)]),
    );
    const listed = stacks.map((name) => `${name}: { module: local/${name} }`).join(", ");
    const providers = `{ shop: { source: acme/shop, version: "${version}", config: { region: "x" } } }`;
    const made = makeProject({
      ...modules,
      "platform.yaml": `terraform: { providers: ${providers} }\n${spec(`stacks: { ${listed} }`)}`,
    });
    Object.assign(made.environment, FROM_PACKS, registry.environment);
    await compiled(made);
    return made;
  }

  const packIn = (made: Project): Readonly<Record<string, unknown>> =>
    JSON.parse(made.read("schema/providers/acme/shop.json")) as Readonly<Record<string, unknown>>;

  test("a provider that is named is packed though it may be installed here", async () => {
    const made = makeProject({
      "modules/local/cluster/main.tf":
        'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\nresource "aws_eks_cluster" "this" {}\n',
      "platform.yaml": `terraform: { providers: { aws: { version: "~> 5.100", config: { region: "x" } } } }\n${spec("stacks: { one: { module: local/cluster } }")}`,
    });
    Object.assign(made.environment, registry.environment);
    await compiled(made);
    const packed = await made.show("rehearsal", "pack", "hashicorp/aws");
    expect(packed.stderr).toContain("Asking npm for a package of hashicorp/aws");
    expect(packed.stdout).not.toContain("nothing is missing");
    made.remove(".");
  });

  test("the release that the platform's version asks for is found, read and rehearsed", async () => {
    const made = await project("~> 1.2", "order", "gift");
    const missing = await made.show("rehearsal", "schemas");
    expect(missing.code).toBe(1);
    expect(missing.stdout).toContain(
      "missing  'acme/shop' cannot be rehearsed: it is not installed in version ~> 1.2, and there is no pack of its schema: 'dev/gift' uses it (modules/local/gift/main.tf:6), and 1 other stack\n    'platc rehearsal pack acme/shop' makes",
    );
    const packed = await made.show("rehearsal", "pack");
    expect(packed).toMatchObject({
      code: 0,
      stdout:
        "schema/providers/acme/shop.json: acme/shop 1.3.0 has shop_gift, shop_order now, from @cdktf/provider-shop@4.1.0\n",
      stderr:
        "Asking npm for a package of acme/shop ~> 1.2\nReading acme/shop from @cdktf/provider-shop@4.1.0\n",
    });
    expect(Object.keys(packIn(made)["resource_schemas"] as object)).toEqual(["shop_gift", "shop_order"]);
    expect(await made.show("rehearsal", "schemas")).toMatchObject({
      code: 0,
      stdout: `ok       acme/shop 1.3.0  2 types from a pack, from @cdktf/provider-shop 4.1.0: schema/providers/acme/shop.json
    no overlay knows shop_gift, shop_order
`,
    });
    const applied = await rehearseApply(made, "dev");
    expect(applied.code, applied.stdout + applied.stderr).toBe(0);
    expect(await made.show("rehearsal", "pack")).toMatchObject({
      code: 0,
      stdout: "nothing is missing: 'platc rehearsal schemas' lists what is there\n",
    });
    made.remove(".");
  });

  test("types are added in the version that the pack has, and a slip is told with what is meant", async () => {
    const made = await project(">= 1.2", "order");
    const named = ["--package", "@cdktf/provider-shop@4.0.0"];
    expect(await made.show("rehearsal", "pack", "acme/shop", ...named)).toMatchObject({ code: 0 });
    made.write(
      "platform.yaml",
      made
        .read("platform.yaml")
        .replace("stacks: {", "stacks: { gift: { module: local/gift }, odrer: { module: local/odrer },"),
    );
    const result = await made.show("rehearsal", "pack", "--json");
    expect(result.code).toBe(1);
    expect(JSON.parse(result.stdout)).toMatchObject({
      packs: [
        {
          source: "acme/shop",
          status: "made",
          package: "@cdktf/provider-shop@4.0.0",
          pack: {
            version: "1.2.0",
            added: ["shop_gift"],
            unknown: [{ type: "shop_odrer", near: "shop_order" }],
          },
        },
      ],
      missing: [{ source: "acme/shop", types: ["shop_odrer"] }],
    });
    const told = await made.show("rehearsal", "pack");
    expect(told.stdout).toBe(
      "acme/shop 1.2.0 has no 'shop_odrer', as @cdktf/provider-shop@4.0.0 tells: did you mean 'shop_order'?\n",
    );
    made.remove(".");
  });

  test("a version that its successor alone has is taken from there", async () => {
    const made = await project("~> 2.0", "order");
    const packed = await made.show("rehearsal", "pack");
    expect(packed).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(
        "acme/shop 2.1.0 has shop_order now, from @cdktn/provider-shop@5.0.0",
      ) as string,
    });
    made.remove(".");
  });

  test("what cannot be made is told with what can be", async () => {
    const made = await project("~> 3.0", "order");
    const packed = await made.show("rehearsal", "pack");
    expect(packed).toMatchObject({ code: 1, stdout: "" });
    expect(packed.stderr).toContain(
      "platc: no package on npm stands for acme/shop ~> 3.0; the nearest are of 2.1.0 and 1.3.0 and 1.2.0\n  Put acme/shop ~> 3.0 into a mirror",
    );
    expect(await made.show("rehearsal", "pack", "acme/shopp")).toMatchObject({
      code: 64,
      stderr: "platc: the platform uses no provider 'acme/shopp'\n  did you mean 'acme/shop'?\n",
    });
    expect(await made.show("rehearsal", "pack", "--package", "x")).toMatchObject({
      code: 64,
      stderr: expect.stringContaining("--package is of one provider") as string,
    });
    made.environment["npm_config_registry"] = `${registry.url}nothing/`;
    expect((await made.show("rehearsal", "pack")).stderr).toContain(
      "npm has no package of 'acme/shop': there is neither @cdktf/provider-shop nor @cdktn/provider-shop",
    );
    made.remove(".");
  });
});

interface Registry {
  readonly url: string;
  /** What makes npm ask it, and nobody else. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stop: () => void;
}

/** A registry of two packages, on this machine: npm itself is the real one. */
async function startRegistry(): Promise<Registry> {
  const folder = mkdtempSync(join(tmpdir(), "platc-registry-"));
  const tarballs = new Map(RELEASES.map((sample) => [`/${sample.release}.tgz`, packed(folder, sample)]));
  const server: Server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "");
    const tarball = tarballs.get(path);
    const document = JSON.stringify(documentOf(path.slice(1), url()));
    if (tarball) response.end(tarball);
    else if (document === "{}") response.writeHead(404).end("{}");
    else response.setHeader("content-type", "application/json").end(document);
  });
  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const userConfig = join(folder, "npmrc");
  writeFileSync(userConfig, "");
  return {
    url: url(),
    environment: {
      npm_config_registry: url(),
      npm_config_userconfig: userConfig,
      npm_config_cache: join(folder, "cache"),
      npm_config_fetch_retries: "0",
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function packed(folder: string, sample: SamplePackage): Buffer {
  const at = mkdtempSync(join(folder, "package-"));
  const given = ["pack", "--silent", "--pack-destination", at, writePackage(join(at, "content"), sample)];
  const name = execFileSync("npm", given, { encoding: "utf8" }).trim();
  return readFileSync(join(at, name));
}

/** What a registry says of a package: every release with its `package.json`. */
function documentOf(name: string, url: string): object {
  const releases = RELEASES.filter((sample) => sample.name === name);
  const newest = releases.at(-1);
  if (newest === undefined) return {};
  const versions = releases.map((sample) => [
    sample.release,
    { ...aboutPackage(sample), dist: { tarball: `${url}${sample.release}.tgz` } },
  ]);
  return { name, "dist-tags": { latest: newest.release }, versions: Object.fromEntries(versions) as object };
}
