import { expect, test } from "vitest";
import { reattachConfigs } from "../../../src/rehearsal/reattach-config.ts";

test("a provider is attached under the hosts of Terraform and OpenTofu, or under its own", () => {
  const config = (network: string, address: string) => ({
    Protocol: "grpc",
    ProtocolVersion: 6,
    Pid: 42,
    Test: true,
    Addr: { Network: network, String: address },
  });
  const addresses = {
    "hashicorp/aws": { network: "unix", address: "/tmp/platc-1/1" },
    "example.com/team/own": { network: "tcp", address: "127.0.0.1:1002" },
  } as const;
  expect(reattachConfigs(42, addresses)).toEqual({
    "registry.terraform.io/hashicorp/aws": config("unix", "/tmp/platc-1/1"),
    "registry.opentofu.org/hashicorp/aws": config("unix", "/tmp/platc-1/1"),
    "example.com/team/own": config("tcp", "127.0.0.1:1002"),
  });
});
