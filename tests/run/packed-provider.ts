import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { zipSync } from "fflate";
import { hostPlatform } from "../../src/terraform/host-platform.ts";
import { findProviderMirrors } from "../../src/terraform/provider-mirror.ts";

/** A module that needs the provider and makes nothing with it. */
export const TINY_MODULE = `terraform {
  required_providers {
    tiny = {
      source = "demo/tiny"
    }
  }
}
output "value" {
  value = 1
}
`;

/** Packs a provider `demo/tiny` 1.0.0, a script, into a mirror. */
export function packProvider(
  mirror: string,
  script: string,
  { host = "registry.terraform.io", platform = hostPlatform() } = {},
): void {
  const path = join(mirror, host, `demo/tiny/terraform-provider-tiny_1.0.0_${platform}.zip`);
  mkdirSync(dirname(path), { recursive: true });
  const binary = new TextEncoder().encode(`#!/bin/sh\n${script}\n`);
  const attributes = { os: 3, attrs: 0o755 << 16 };
  writeFileSync(path, zipSync({ "terraform-provider-tiny_v1.0.0": [binary, attributes] }));
}

/** A script that becomes a real provider, one that lies in a mirror of this machine; undefined where none does. */
export function realProvider(): string | undefined {
  const places = { environment: process.env, home: homedir(), project: tmpdir(), platform: hostPlatform() };
  const folders = findProviderMirrors(places).mirrors.flatMap(({ path, providers }) =>
    providers
      .filter(({ source, layout }) => source.endsWith("/hashicorp/aws") && layout === "unpacked")
      .map(({ source, version }) => join(path, source, version, hostPlatform())),
  );
  const [folder] = folders;
  const name = folder && readdirSync(folder).find((file) => file.startsWith("terraform-provider-aws"));
  return folder && name && `exec '${join(folder, name)}' "$@"`;
}
