import type { ListenAddress } from "./listen-places.ts";

/** How Terraform reaches a provider that it does not start itself. */
export interface ReattachConfig {
  readonly Protocol: "grpc";
  readonly ProtocolVersion: 6;
  readonly Pid: number;
  /** Leaves our process alone when Terraform is done. */
  readonly Test: true;
  readonly Addr: { readonly Network: ListenAddress["network"]; readonly String: string };
}

const DEFAULT_HOSTS = ["registry.terraform.io", "registry.opentofu.org"] as const;

/** The value of TF_REATTACH_PROVIDERS, as an object; a source without a host stands under Terraform's and OpenTofu's. */
export function reattachConfigs(
  pid: number,
  addresses: Readonly<Record<string, ListenAddress>>,
): Readonly<Record<string, ReattachConfig>> {
  return Object.fromEntries(
    Object.entries(addresses).flatMap(([source, listening]) => {
      const config = reattachConfig(pid, listening);
      return addressesOf(source).map((address) => [address, config] as const);
    }),
  );
}

function reattachConfig(pid: number, { network, address }: ListenAddress): ReattachConfig {
  return {
    Protocol: "grpc",
    ProtocolVersion: 6,
    Pid: pid,
    Test: true,
    Addr: { Network: network, String: address },
  };
}

function addressesOf(source: string): readonly string[] {
  return source.split("/").length > 2 ? [source] : DEFAULT_HOSTS.map((host) => `${host}/${source}`);
}
