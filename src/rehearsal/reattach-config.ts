/** How Terraform reaches a provider that it does not start itself. */
export interface ReattachConfig {
  readonly Protocol: "grpc";
  readonly ProtocolVersion: 6;
  readonly Pid: number;
  /** Leaves our process alone when Terraform is done. */
  readonly Test: true;
  readonly Addr: { readonly Network: "tcp"; readonly String: string };
}

const DEFAULT_HOSTS = ["registry.terraform.io", "registry.opentofu.org"] as const;

/** The value of TF_REATTACH_PROVIDERS, as an object; a source without a host stands under Terraform's and OpenTofu's. */
export function reattachConfigs(
  pid: number,
  ports: Readonly<Record<string, number>>,
): Readonly<Record<string, ReattachConfig>> {
  return Object.fromEntries(
    Object.entries(ports).flatMap(([source, port]) => {
      const config = reattachConfig(pid, port);
      return addressesOf(source).map((address) => [address, config] as const);
    }),
  );
}

function reattachConfig(pid: number, port: number): ReattachConfig {
  return {
    Protocol: "grpc",
    ProtocolVersion: 6,
    Pid: pid,
    Test: true,
    Addr: { Network: "tcp", String: `127.0.0.1:${port}` },
  };
}

function addressesOf(source: string): readonly string[] {
  return source.split("/").length > 2 ? [source] : DEFAULT_HOSTS.map((host) => `${host}/${source}`);
}
