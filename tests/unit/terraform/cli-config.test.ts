import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { chooseCliConfig } from "../../../src/terraform/cli-config.ts";
import type { ProviderMirror } from "../../../src/terraform/provider-mirror.ts";
import { readUserCliConfig } from "../../../src/terraform/user-cli-config.ts";

let home: string;
const AWS = {
  source: "registry.terraform.io/hashicorp/aws",
  version: "5.100.0",
  layout: "unpacked",
} as const;
const CONVENTION: ProviderMirror = { path: "/m", origin: "convention", providers: [AWS] };

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "platc-home-"));
});

afterEach(() => rmSync(home, { recursive: true }));

function choose(mirrors: readonly ProviderMirror[], environment: Readonly<Record<string, string>> = {}) {
  const folder = join(home, "own");
  return chooseCliConfig({ environment, home, flavour: "terraform", os: "linux", mirrors, folder });
}

function ownText(): string {
  return readFileSync(join(home, "own", "terraform.tfrc"), "utf8");
}

describe("chooseCliConfig", () => {
  test("writes none where Terraform finds everything by itself", () => {
    expect(choose([])).toEqual({ choice: { kind: "user" }, searched: [], notes: [] });
    const implied: ProviderMirror = { ...CONVENTION, origin: "implied" };
    expect(choose([implied])).toEqual({ choice: { kind: "user" }, searched: [implied], notes: [] });
    expect(existsSync(join(home, "own"))).toBe(false);
  });

  test("names what each mirror holds, and takes only the rest from the registry", () => {
    const implied: ProviderMirror = {
      path: '/with "quotes"',
      origin: "implied",
      providers: [{ source: "example.com/own/thing", version: "1.0.0", layout: "packed" }],
    };
    const { choice, notes } = choose([CONVENTION, implied]);
    expect(choice).toEqual({ kind: "own", path: join(home, "own", "terraform.tfrc") });
    expect(notes).toEqual([]);
    expect(ownText()).toContain(`provider_installation {
  filesystem_mirror {
    path    = "/m"
    include = ["registry.terraform.io/hashicorp/aws"]
  }
  filesystem_mirror {
    path    = "/with \\"quotes\\""
    include = ["example.com/own/thing"]
  }
  direct {
    exclude = ["example.com/own/thing", "registry.terraform.io/hashicorp/aws"]
  }
}
`);
  });

  test("keeps the user's credentials and settings, in HCL and in JSON, and lets no one else read them", () => {
    writeFileSync(join(home, ".terraformrc"), 'credentials "a.io" { token = "t1" }');
    mkdirSync(join(home, ".terraform.d"));
    writeFileSync(
      join(home, ".terraform.d", "more.tfrc.json"),
      '{"credentials":{"b.io":{"token":"t2"}},"plugin_cache_dir":"/c"}',
    );
    writeFileSync(
      join(home, ".terraform.d", "credentials.tfrc.json"),
      '{"credentials":{"c.io":{"token":"t3"}}}',
    );
    choose([CONVENTION]);
    const text = ownText();
    expect(text).toContain('credentials "a.io" { token = "t1" }\n');
    expect(text).toContain('credentials "b.io" {\n  "token" = "t2"\n}\n');
    expect(text).toContain('plugin_cache_dir = "/c"\n');
    expect(text).not.toContain("t3");
    expect(statSync(join(home, "own", "terraform.tfrc")).mode & 0o777).toBe(0o600);
  });

  test("a user's provider_installation is beaten by the setting only", () => {
    const file = join(home, "my.tfrc");
    writeFileSync(
      file,
      'disable_checkpoint = true\nprovider_installation {\n  network_mirror { url = "https://x/" }\n}\n',
    );
    expect(choose([CONVENTION], { TF_CLI_CONFIG_FILE: file })).toEqual({
      choice: { kind: "user" },
      searched: [],
      notes: [],
    });
    const { choice, notes } = choose([{ ...CONVENTION, origin: "setting" }], { TF_CLI_CONFIG_FILE: file });
    expect(choice.kind).toBe("own");
    expect(notes.map(({ message }) => message)).toEqual([
      `PLATC_PROVIDER_MIRROR is used in place of the provider_installation in '${file}'`,
    ]);
    expect(ownText()).toContain("disable_checkpoint = true");
    expect(ownText()).not.toContain("network_mirror");
  });

  test("a TF_CLI_CONFIG_FILE that names no file is dropped, and the user's usual one read", () => {
    writeFileSync(join(home, ".terraformrc"), "disable_checkpoint = true\n");
    const { choice, notes } = choose([], { TF_CLI_CONFIG_FILE: "/nowhere" });
    expect(choice).toEqual({ kind: "dropped" });
    expect(notes[0]?.message).toContain("'/nowhere'");
    choose([CONVENTION], { TF_CLI_CONFIG_FILE: "/nowhere" });
    expect(ownText()).toContain("disable_checkpoint = true");
  });

  test("OpenTofu reads its own file in XDG_CONFIG_HOME where there is none in the home folder", () => {
    const xdg = join(home, "xdg");
    mkdirSync(join(xdg, "opentofu"), { recursive: true });
    writeFileSync(join(xdg, "opentofu", "tofurc"), 'plugin_cache_dir = "/xdg"\n');
    writeFileSync(join(xdg, "opentofu", "more.tfrc"), "disable_checkpoint = true\n");
    const read = (flavour: "terraform" | "opentofu") =>
      readUserCliConfig({ environment: { XDG_CONFIG_HOME: xdg }, home, flavour, os: "linux" }).text;
    expect(read("opentofu")).toBe('plugin_cache_dir = "/xdg"\ndisable_checkpoint = true\n');
    expect(read("terraform")).toBe("");
    mkdirSync(join(home, ".terraform.d"));
    writeFileSync(join(home, ".terraformrc"), 'plugin_cache_dir = "/old"\n');
    expect(read("opentofu")).toBe('plugin_cache_dir = "/old"\n');
  });

  test("OpenTofu reads its own file first, and is told that a mirror is not its registry's", () => {
    writeFileSync(join(home, ".terraformrc"), "disable_checkpoint = true\n");
    writeFileSync(join(home, ".tofurc"), 'plugin_cache_dir = "/tofu"\n');
    const folder = join(home, "own");
    const among = (mirror: ProviderMirror) =>
      chooseCliConfig({
        environment: {},
        home,
        flavour: "opentofu",
        os: "linux",
        mirrors: [mirror],
        folder,
      }).notes;
    expect(among(CONVENTION)).toEqual([]);
    const notes = among({ ...CONVENTION, origin: "setting" });
    expect(ownText()).toContain('plugin_cache_dir = "/tofu"');
    expect(ownText()).not.toContain("disable_checkpoint");
    expect(notes[0]?.message).toBe(
      "The provider mirror '/m' holds providers of registry.terraform.io only, and this is OpenTofu",
    );
  });
});
