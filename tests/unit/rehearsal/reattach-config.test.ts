import { expect, test } from "vitest";
import { reattachConfigs } from "../../../src/rehearsal/reattach-config.ts";

test("a provider is attached under the hosts of Terraform and OpenTofu, or under its own", () => {
  const config = (port: number) => ({
    Protocol: "grpc",
    ProtocolVersion: 6,
    Pid: 42,
    Test: true,
    Addr: { Network: "tcp", String: `127.0.0.1:${port}` },
  });
  expect(reattachConfigs(42, { "hashicorp/aws": 1001, "example.com/team/own": 1002 })).toEqual({
    "registry.terraform.io/hashicorp/aws": config(1001),
    "registry.opentofu.org/hashicorp/aws": config(1001),
    "example.com/team/own": config(1002),
  });
});
