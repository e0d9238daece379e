import { expect, test } from "vitest";
import { stripProviderInstallation } from "../../../src/terraform/strip-provider-installation.ts";

test("takes the blocks out and leaves every other byte", () => {
  const before = `# provider_installation { in a comment\nplugin_cache_dir = "/a}b{"\n`;
  const block = `provider_installation {\n  filesystem_mirror {\n    path = "}"\n  }\n  /* } */ direct {} # }\n}`;
  const after = `\ncredentials "x.io" { token = "a\\"}{" }\nhelper_provider_installation = {}\n`;
  expect(stripProviderInstallation(before + block + after)).toEqual({
    text: before + after,
    hadProviderInstallation: true,
  });
});

test("a file without one stays as it is", () => {
  const text = `host "x.io" {\n  services = { "modules.v1" = "https://x.io/" }\n}\nx = <<EOT\nprovider_installation {\nEOT\n`;
  expect(stripProviderInstallation(text)).toEqual({ text, hadProviderInstallation: false });
});

test("a broken file is left to Terraform, which says where", () => {
  for (const text of ['a = "unclosed', "provider_installation {", "}}}", "/* never"]) {
    expect(stripProviderInstallation(text)).toEqual({ text, hadProviderInstallation: false });
  }
});
