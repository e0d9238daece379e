import type { AffectedStack } from "../affected-stacks.ts";
import type { Platform } from "../../stacks/platform-model.ts";
import type { GoneEnvironment } from "./gone-environments.ts";
import type { ImageWork } from "./changed-images.ts";
import { environmentWaves } from "./environment-waves.ts";
import { environmentOrder } from "./environment-order.ts";
import { rehearsedEnvironments } from "./rehearsed-environments.ts";
import { jobId } from "./job-id.ts";

/** GitHub takes no matrix of more jobs. */
const MATRIX_LIMIT = 256;

/** What there is to do in one environment: the stacks that differ; all where what to compare with is not known. */
export type EnvironmentWork = readonly AffectedStack[] | "all";

/**
 * The outputs of the job that selects, by name; lists are JSON on one line. An environment is rehearsed where there is
 * work in it, or where what rehearsals go by differs.
 */
export function selectWork(
  platform: Platform,
  workOf: (environment: string) => EnvironmentWork,
  images: readonly ImageWork[],
  gone: readonly GoneEnvironment[] = [],
  isRehearsedAnyway: (environment: string) => boolean = () => false,
): ReadonlyMap<string, string> {
  const waves = environmentWaves(platform);
  const selected = environmentOrder(platform).map(({ name }) => {
    const work = workOf(name);
    const addresses = selectedIn(work);
    const isLeft =
      work !== "all" &&
      work.some(({ kind, address }) => kind === "removed" && address.startsWith(`${name}/`));
    const left = (waves.get(name) ?? []).map((wave) =>
      wave.filter((address) => addresses?.has(address) ?? true),
    );
    return { name, waves: left, stacks: left.flat(), isLeft };
  });
  const plan = selected.filter(({ stacks, isLeft }) => stacks.length > 0 || isLeft);
  const rehearsed = [
    ...rehearsedEnvironments(platform).filter(
      (name) => isRehearsedAnyway(name) || plan.some((environment) => environment.name === name),
    ),
    ...gone.filter(({ isRehearsed }) => isRehearsed).map(({ name }) => name),
  ];
  return new Map<string, string>([
    [
      "plan",
      JSON.stringify(
        plan.map(({ name, stacks, isLeft }) => ({
          environment: name,
          // A plan of the whole environment tells of what has left it too.
          stacks: isLeft ? `env:${name}` : stacks.join(","),
        })),
      ),
    ],
    ["rehearse", JSON.stringify(rehearsed)],
    ["rehearsed", ` ${rehearsed.join(" ")} `],
    ["gone", JSON.stringify(gone.map(({ name }) => name))],
    ["planned", ` ${plan.map(({ name }) => name).join(" ")} `],
    ...selected.map(({ name, stacks }) => [jobId(name, "stacks"), stacks.join(",")] as const),
    ...selected.flatMap(({ name, waves: left }) =>
      left.map((wave, index) => [jobId(name, `wave_${index + 1}`), JSON.stringify(inParts(wave))] as const),
    ),
    ["images", JSON.stringify(images)],
  ]);
}

function selectedIn(work: EnvironmentWork): ReadonlySet<string> | undefined {
  if (work === "all") return undefined;
  return new Set(work.filter(({ kind }) => kind !== "removed").map(({ address }) => address));
}

/** Stacks that have a job each; where they are too many for that, as many jobs as there may be share them. */
function inParts(addresses: readonly string[]): readonly string[] {
  const size = Math.max(1, Math.ceil(addresses.length / MATRIX_LIMIT));
  const count = Math.ceil(addresses.length / size);
  return Array.from({ length: count }, (_, index) =>
    addresses.slice(index * size, (index + 1) * size).join(","),
  );
}
