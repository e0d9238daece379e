import { execa } from "execa";
import type { Environment } from "../terraform/child-environment.ts";
import { byVersion } from "../text/version.ts";
import type { TerraformProgram } from "../text/flavour.ts";
import { fitsNeed } from "./fits-need.ts";

export interface PackageSearch {
  /** Of the provider, such as `hashicorp/random`. */
  readonly source: string;
  readonly version?: string;
  readonly constraints: readonly string[];
  /** What the platform is run by, for hints. */
  readonly program?: TerraformProgram;
  /** Where npm looks for its settings. */
  readonly cwd: string;
  readonly environment: Environment;
}

/** A release of a package on npm, and the version of the provider that it stands for. */
export interface ProviderPackage {
  readonly name: string;
  readonly release: string;
  readonly version: string;
}

export type PackageFinding =
  | { readonly status: "found"; readonly found: ProviderPackage }
  | { readonly status: "missing"; readonly message: string; readonly hint: string };

/** Where packages that tell the schemas of providers are published: CDKTF's own, and those of its successor. */
const SCOPES = ["@cdktf", "@cdktn"];

/** Asks npm for the newest release of a package that stands for a version of a provider that will do. */
export async function findPackage(search: PackageSearch): Promise<PackageFinding> {
  const { source, version } = search;
  const names = SCOPES.map((scope) => `${scope}/provider-${source.split("/").at(-1)}`);
  const asked = await Promise.all(names.map((name) => releasesOf(name, search)));
  const failed = asked.find((one) => typeof one === "string");
  const releases = asked.flatMap((one) => (typeof one === "string" ? [] : one));
  if (failed === undefined && releases.length === 0) return noPackage(search, names);
  const fitting = releases.filter((one) => fitsNeed(one.version, search, version));
  const [newest] = fitting.sort(byNewest);
  if (newest) return { status: "found", found: newest };
  if (failed === undefined) return noRelease(search, releases);
  return { status: "missing", message: failed, hint: "See that npm works here, and run this once more." };
}

/** The releases of a package, or why npm cannot tell; none where there is no such package. */
async function releasesOf(
  name: string,
  { source, cwd, environment }: PackageSearch,
): Promise<readonly ProviderPackage[] | string> {
  // Of fields that some releases lack, npm shows others only: all are asked for.
  const given = ["view", `${name}@>=0`, "--json"];
  const { exitCode, stdout, shortMessage } = await execa("npm", given, {
    cwd,
    env: environment,
    extendEnv: false,
    reject: false,
  });
  const answer = parsed(stdout);
  if (exitCode === 0 && answer !== undefined) {
    const all = (Array.isArray(answer) ? answer : [answer]) as readonly NpmAnswer[];
    return all.flatMap(({ version: release, cdktf }) => {
      const { name: address = "", version } = cdktf?.provider ?? {};
      return version !== undefined && shortSource(address) === source ? [{ name, release, version }] : [];
    });
  }
  const { error } = (answer ?? {}) as {
    readonly error?: { readonly code?: string; readonly summary?: string };
  };
  if (error?.code === "E404") return [];
  return `npm cannot be asked for ${name}: ${error?.summary ?? shortMessage ?? "it says nothing"}`;
}

interface NpmAnswer {
  readonly version: string;
  readonly cdktf?: { readonly provider?: { readonly name: string; readonly version: string } };
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

function shortSource(name: string): string {
  return name.replace(/^registry\.(terraform\.io|opentofu\.org)\//, "");
}

function byNewest(left: ProviderPackage, right: ProviderPackage): number {
  return (
    byVersion(right.version, left.version) ||
    SCOPES.findIndex((scope) => left.name.startsWith(scope)) -
      SCOPES.findIndex((scope) => right.name.startsWith(scope)) ||
    byVersion(right.release, left.release)
  );
}

function noPackage(
  { source, program = "terraform" }: PackageSearch,
  names: readonly string[],
): PackageFinding {
  return {
    status: "missing",
    message: `npm has no package of '${source}': there is neither ${names.join(" nor ")}`,
    hint: `If it has another name: 'platc rehearsal pack ${source} --package NAME'. Else put the provider into a mirror: '.platc/providers' ('${program} providers mirror .platc/providers').`,
  };
}

const MOST_NAMED = 3;

function noRelease(
  { source, version, constraints, program = "terraform" }: PackageSearch,
  releases: readonly ProviderPackage[],
): PackageFinding {
  const wanted = version ?? constraints.join(", ");
  const versions = [...new Set(releases.map((one) => one.version))].sort(byVersion).reverse();
  const older = version === undefined ? [] : versions.filter((one) => byVersion(one, version) < 0);
  const newer = version === undefined ? [] : versions.filter((one) => byVersion(one, version) > 0);
  const near = [newer.at(-1), older[0]].filter((one) => one !== undefined);
  const said = near.length > 0 ? near : versions.slice(0, MOST_NAMED);
  return {
    status: "missing",
    message: `no package on npm stands for ${source} ${wanted}; the nearest are of ${said.join(" and ")}`,
    hint: `Put ${source} ${wanted} into a mirror ('${program} providers mirror .platc/providers'), or take one of these versions: 'terraform.providers' in the spec, then 'platc lock'.`,
  };
}
