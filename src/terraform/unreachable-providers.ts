import type { Environment } from "./child-environment.ts";
import type { ProviderMirror } from "./provider-mirror.ts";

export interface ReachRequest {
  /** With their hosts: `registry.terraform.io/hashicorp/aws`. */
  readonly sources: readonly string[];
  readonly mirrors: readonly Pick<ProviderMirror, "providers">[];
  readonly environment: Environment;
}

const PATIENCE_MS = 5_000;

/** Providers that no mirror holds and whose registry does not answer, as given. */
export async function unreachableProviders(request: ReachRequest): Promise<readonly string[]> {
  const held = new Set(request.mirrors.flatMap(({ providers }) => providers.map(({ source }) => source)));
  const absent = request.sources.filter((source) => !held.has(source));
  const hosts = [...new Set(absent.map(hostOf))];
  const answers = await Promise.all(hosts.map((host) => doesAnswer(host, request.environment)));
  const silent = new Set(hosts.filter((_, index) => !answers[index]));
  return absent.filter((source) => silent.has(hostOf(source)));
}

function hostOf(source: string): string {
  return source.slice(0, source.indexOf("/"));
}

/** Behind a proxy, which Terraform knows how to use and this does not, Terraform itself will say. */
async function doesAnswer(host: string, environment: Environment): Promise<boolean> {
  if (environment["HTTPS_PROXY"] || environment["https_proxy"]) return true;
  try {
    const answer = await fetch(`https://${host}/.well-known/terraform.json`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return answer.ok;
  } catch {
    return false;
  }
}
