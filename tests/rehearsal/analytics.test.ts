import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommandResult, Project } from "../run/project.ts";
import { ANALYTICS as SPEC, copyAnalytics } from "./analytics-project.ts";
import {
  lacksTerraform,
  rehearse,
  rehearseApply,
  reportOf,
  resourceCounts,
  statesOf,
  touched,
  worldOf,
} from "./rehearsed-project.ts";

const reason = lacksTerraform === undefined ? "" : ` (skipped: ${lacksTerraform})`;
const CLUSTER = "'dev/cluster' output 'host', which is known only after apply";
const SERVER = "'dev/database-server' output 'host', which is known only after apply";

/** How many resources each stack of `core` and `dev` makes. */
const MADE: Readonly<Record<string, number>> = {
  "core/group": 1,
  "core/registry": 2,
  "core/state-backend": 4,
  "core/zone": 1,
  "dev/acme/hive": 4,
  "dev/acme/hive-database": 6,
  "dev/acme/identity": 2,
  "dev/acme/lake": 8,
  "dev/acme/namespace": 12,
  "dev/acme/record": 1,
  "dev/acme/secrets": 10,
  "dev/acme/superset": 2,
  "dev/acme/superset-database": 6,
  "dev/address": 1,
  "dev/cluster": 6,
  "dev/database-server": 6,
  "dev/globex/hive": 4,
  "dev/globex/hive-database": 6,
  "dev/globex/identity": 2,
  "dev/globex/lake": 8,
  "dev/globex/namespace": 12,
  "dev/globex/secrets": 4,
  "dev/group": 1,
  "dev/ingress-controller": 2,
  "dev/initech/identity": 2,
  "dev/initech/namespace": 12,
  "dev/initech/record": 1,
  "dev/initech/secrets": 8,
  "dev/initech/superset": 2,
  "dev/initech/superset-database": 6,
  "dev/issuer": 1,
  "dev/network": 19,
  "dev/state-backend": 4,
  "dev/trino": 1,
  "dev/trino-identity": 2,
  "dev/trino-namespace": 9,
  "dev/vault": 2,
};

/** What a provider of each keeps from being planned on nothing. */
const DEFERRED: Readonly<Record<string, string>> = {
  "dev/acme/hive": `the provider 'kubernetes' is configured by ${CLUSTER}`,
  "dev/acme/hive-database": `the provider 'postgresql' is configured by ${SERVER}`,
  "dev/acme/namespace": `the provider 'kubernetes' is configured by ${CLUSTER}`,
  "dev/acme/superset": `the provider 'helm' is configured by ${CLUSTER}`,
  "dev/acme/superset-database": `the provider 'postgresql' is configured by ${SERVER}`,
  "dev/globex/hive": `the provider 'kubernetes' is configured by ${CLUSTER}`,
  "dev/globex/hive-database": `the provider 'postgresql' is configured by ${SERVER}`,
  "dev/globex/namespace": `the provider 'kubernetes' is configured by ${CLUSTER}`,
  "dev/ingress-controller": `the provider 'helm' is configured by ${CLUSTER}`,
  "dev/initech/namespace": `the provider 'kubernetes' is configured by ${CLUSTER}`,
  "dev/initech/superset": `the provider 'helm' is configured by ${CLUSTER}`,
  "dev/initech/superset-database": `the provider 'postgresql' is configured by ${SERVER}`,
  "dev/issuer": `the provider 'kubernetes' is configured by ${CLUSTER}`,
  "dev/trino": `the provider 'helm' is configured by ${CLUSTER}`,
  "dev/trino-namespace": `the provider 'kubernetes' is configured by ${CLUSTER}`,
};

/** Every step goes on from the one before it, in one world. */
describe.skipIf(reason !== "")(`analytics in a rehearsal${reason}`, { timeout: 240_000 }, () => {
  let project: Project;

  beforeAll(async () => {
    project = copyAnalytics();
    expect(await project.show("compile")).toMatchObject({ code: 0 });
  });

  afterAll(() => project.remove("."));

  const each = (status: string): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.keys(MADE).map((address) => [address, status]));
  const world = (): readonly string[] => worldOf(project, "analytics");
  /** Without the cluster or server that a thing is in. */
  const names = (): readonly string[] =>
    world()
      .map((name) => name.replace(/ \[[^\]]*\]/, ""))
      .sort();
  const apply = (...more: readonly string[]): Promise<CommandResult> =>
    rehearse(project, "apply", "core", "dev", "--auto-approve=deferred", ...more);

  const edit = async (from: string, to: string): Promise<void> => {
    const text = project.read(SPEC);
    expect(text).toContain(from);
    project.write(SPEC, text.replaceAll(from, to));
    expect(await project.show("compile")).toMatchObject({ code: 0 });
  };

  test("on nothing, what needs the cluster or the server is deferred, and says so", async () => {
    const planned = await rehearse(project, "plan", "core", "dev");
    expect(planned.code, planned.stdout).toBe(0);
    const deferred = Object.fromEntries(Object.keys(DEFERRED).map((address) => [address, "deferred"]));
    expect(planned.statuses).toEqual({ ...each("planned"), ...deferred });
    expect(reasonsOf(planned)).toEqual(DEFERRED);
    const early = Object.entries(MADE).filter(([address]) => DEFERRED[address] === undefined);
    expect(touched(planned)).toMatchObject(
      Object.fromEntries(early.map(([address, count]) => [address, `+${count} ~0 -0`])),
    );
    expect(names()).toEqual([]);
  });

  test("without leave for deferred stacks, an apply ends before them and waits", async () => {
    const applied = await rehearseApply(project, "core", "dev");
    expect(applied.code, applied.stdout).toBe(3);
    expect(applied.statuses).toMatchObject({
      "dev/cluster": "applied",
      "dev/acme/lake": "applied",
      "dev/acme/hive-database": "waiting",
      "dev/trino-namespace": "waiting",
      "dev/acme/hive": "blocked",
    });
  });

  test("with leave for them all of it is applied, and a second time nothing is", async () => {
    const applied = await apply();
    expect(applied.code, applied.stdout).toBe(0);
    expect(resourceCounts(project, "analytics")).toEqual(MADE);
    expect(await apply()).toMatchObject({ code: 0, statuses: each("up-to-date"), processes: 0 });
  });

  test("each customer has what is its own, and nothing of it twice", () => {
    for (const customer of ["acme", "globex", "initech"])
      expect(names()).toContain(`kubernetes_namespace_v1 ${customer}`);
    expect(names().filter((name) => name.startsWith("postgresql_database "))).toEqual([
      "postgresql_database acme_hive",
      "postgresql_database acme_superset",
      "postgresql_database globex_hive",
      "postgresql_database initech_superset",
    ]);
    expect(names().filter((name) => name.startsWith("azurerm_container_registry "))).toHaveLength(1);
    expect(names().filter((name) => name.startsWith("helm_release "))).toEqual([
      "helm_release acme/superset",
      "helm_release cert-manager/cert-manager",
      "helm_release ingress-nginx/ingress-nginx",
      "helm_release initech/superset",
      "helm_release trino/trino",
    ]);
  });

  test("read anew, nothing has changed in any stack", async () => {
    const refreshed = await rehearse(project, "plan", "core", "dev", "--refresh");
    expect(refreshed.code, refreshed.stdout).toBe(0);
    expect(refreshed.statuses).toEqual(each("unchanged"));
  });

  test("every type is known by an overlay, and the checks are counted as not run", async () => {
    const { schemas, unchecked } = reportOf(await rehearse(project, "plan", "core", "dev"));
    expect(schemas.map(({ source, version }) => `${source} ${version}`)).toEqual([
      "cyrilgdn/postgresql 1.26.0",
      "hashicorp/azurerm 4.55.0",
      "hashicorp/helm 3.1.1",
      "hashicorp/kubernetes 2.38.0",
      "hashicorp/random 3.7.2",
    ]);
    expect(unchecked.map(({ what }) => what).filter((what) => what.includes("overlay"))).toEqual([]);
  });

  test("a change for one customer runs its stacks and no other's", async () => {
    await edit("quota: { requests.memory: 24Gi }", "quota: { requests.memory: 32Gi }");
    const changed = await apply();
    expect(changed.code, changed.stdout).toBe(0);
    expect(touched(changed)).toEqual({ "dev/globex/namespace": "+0 ~1 -0" });
    expect(changed.statuses).toEqual({ ...each("up-to-date"), "dev/globex/namespace": "applied" });
  });

  test("a change of an image is another tag, and runs what runs that image", async () => {
    project.write("specs/analytics/images/hive/NOTES", "Nothing that Java would notice.\n");
    expect(await project.show("compile")).toMatchObject({ code: 0 });
    const changed = await apply();
    expect(changed.code, changed.stdout).toBe(0);
    expect(touched(changed)).toEqual({ "dev/acme/hive": "+0 ~1 -0", "dev/globex/hive": "+0 ~1 -0" });
    project.remove("specs/analytics/images/hive/NOTES");
    expect(await project.show("compile")).toMatchObject({ code: 0 });
    expect(await apply()).toMatchObject({ code: 0 });
  });

  test("a customer comes with all that it has, and goes when it has left the spec", async () => {
    const [without, before] = [project.read(SPEC), names()];
    await edit("\ncustomers:\n", "\ncustomers:\n  umbrella: { apps: [hive], environments: { dev: {} } }\n");
    const come = await apply();
    expect(come.code, come.stdout).toBe(0);
    expect(touched(come)).toEqual({
      "dev/trino": "+0 ~1 -0", // one more catalog
      "dev/umbrella/hive": "+4 ~0 -0",
      "dev/umbrella/hive-database": "+6 ~0 -0",
      "dev/umbrella/identity": "+2 ~0 -0",
      "dev/umbrella/lake": "+8 ~0 -0",
      "dev/umbrella/namespace": "+12 ~0 -0",
      "dev/umbrella/secrets": "+10 ~0 -0",
    });

    project.write(SPEC, without);
    expect(await project.show("compile")).toMatchObject({ code: 0 });
    const gone = await apply("--prune");
    expect(gone.code, gone.stdout).toBe(0);
    expect(gone.statuses).toMatchObject({
      "dev/trino": "applied",
      "dev/umbrella/hive": "destroyed",
      "dev/umbrella/secrets": "destroyed",
      "dev/acme/hive": "up-to-date",
    });
    expect(names()).toEqual(before);
  });

  test("destroy leaves nothing in the world nor in any state", async () => {
    const destroyed = await rehearse(project, "destroy", "core", "dev", "--auto-approve");
    expect(destroyed.code, destroyed.stdout).toBe(0);
    expect(destroyed.statuses).toEqual(each("destroyed"));
    expect(names()).toEqual([]);
    expect(resourceCounts(project, "analytics")).toEqual({});
  });

  test("clusters of two environments pull from one registry, and prod's own layer counts", async () => {
    const places = ["core", "qa/cluster", "prod/cluster", "prod/database-server"];
    const applied = await rehearse(
      project,
      "apply",
      ...places.map((place) => `...${place}`),
      "--auto-approve",
    );
    expect(applied.code, applied.stdout).toBe(0);
    expect(names().filter((name) => name.startsWith("azurerm_kubernetes_cluster "))).toHaveLength(2);
    expect(statesOf(project, "analytics").get("prod/database-server")).toContain('"ZoneRedundant"');
  });

  test("who is not in an environment has nothing there", async () => {
    const listed = await project.show("list", "--json");
    expect(listed.code, listed.stderr).toBe(0);
    expect(listed.stdout).toContain("prod/initech/superset");
    expect(listed.stdout).not.toContain("qa/initech");
  });
});

/** The reason of each stack that was deferred, by address. */
function reasonsOf({ events }: CommandResult): Readonly<Record<string, unknown>> {
  const deferred = events.filter(
    ({ kind, outcome }) => kind === "stack-finished" && outcome?.status === "deferred",
  );
  return Object.fromEntries(deferred.map(({ address = "", outcome }) => [address, outcome?.["reason"]]));
}
