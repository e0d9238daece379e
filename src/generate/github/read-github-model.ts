import { LOCK_FILE } from "../../emit/emit-platform.ts";
import type { EnvironmentSpec } from "../../spec/platform.ts";
import { imageRegistry } from "../../stacks/image-registry.ts";
import type { Platform } from "../../stacks/platform-model.ts";
import { isMap } from "../../templates/value.ts";
import { folderOf, resolvePath } from "../../text/paths.ts";
import { environmentOrder, type OrderedEnvironment } from "./environment-order.ts";
import { environmentWaves } from "./environment-waves.ts";
import { rehearsalFiles } from "./rehearsal-files.ts";
import { isRehearsalAsked, rehearsedEnvironments } from "./rehearsed-environments.ts";
import { tofuVersion } from "./tofu-version.ts";
import type { GithubAws, GithubAzure, GithubEnvironment, GithubImages, GithubModel } from "./github-model.ts";
import { fileFilter, folderFilter, tidyFilters } from "./path-filters.ts";

export interface GithubFacts {
  /** Decides where the spec does not say whether pull requests are rehearsed. */
  readonly canBeRehearsed: boolean;
  /** The version of OpenTofu that is set up where the spec asks for it, and for no other. */
  readonly pinnedOpenTofu: string;
}

/** What a platform says about its workflow, with what is known beside the spec. */
export function readGithubModel(
  platform: Platform,
  { canBeRehearsed, pinnedOpenTofu }: GithubFacts,
): GithubModel {
  const { spec, specPath } = platform;
  const { runner, branch, node, target, drift } = spec.github;
  const workflowPath = `.github/workflows/platc-${spec.name}.yml`;
  const waves = environmentWaves(platform);
  const isCloud = target === "cloud";
  const images = imagesOf(platform);
  const order = environmentOrder(platform);
  const isRehearsed =
    (canBeRehearsed || isRehearsalAsked(platform)) && rehearsedEnvironments(platform).length > 0;
  return {
    platform: spec.name,
    specPath,
    workflowPath,
    runner,
    branch,
    node,
    target,
    openTofu: spec.command === "tofu" ? tofuVersion(pinnedOpenTofu, spec.requiredVersion) : undefined,
    triggers: triggersOf(platform, workflowPath, isRehearsed),
    isRehearsalOnly: target === "rehearsal",
    isRehearsed,
    drift,
    environments: order.map((one) => ({
      ...afterImages(one, images?.after ?? [], order),
      waves: waves.get(one.name)?.length ?? 0,
      needsApproval: needsApproval(spec.environments.get(one.name)),
      awsRole: spec.github.aws.applyRoles.get(one.name),
      azureClientId: spec.github.azure.clientIds.get(one.name) ?? spec.github.azure.clientId,
    })),
    aws: isCloud ? awsOf(platform) : undefined,
    azure: isCloud ? azureOf(platform) : undefined,
    variables: [...spec.variables.values()].map(({ name }) => name),
    images,
  };
}

/** Images come before every environment but those that hold their registries, and those before these. */
function afterImages(
  environment: OrderedEnvironment,
  registries: readonly string[],
  order: readonly OrderedEnvironment[],
): Pick<GithubEnvironment, "name" | "after" | "heldBy" | "needsImages"> {
  const before = new Set(registries);
  for (const one of [...order].reverse())
    if (before.has(one.name)) for (const earlier of one.after) before.add(earlier);
  if (before.has(environment.name)) return { ...environment, needsImages: false };
  const join = (names: readonly string[]): readonly string[] => [...new Set([...registries, ...names])];
  return {
    name: environment.name,
    after: join(environment.after),
    heldBy: join(environment.heldBy),
    needsImages: true,
  };
}

function needsApproval(environment: EnvironmentSpec | undefined): boolean {
  return environment?.needsApproval === true;
}

/** Every file that the stacks and images are made of, and those that the workflow itself goes by. */
function triggersOf(platform: Platform, workflowPath: string, isRehearsed: boolean): readonly string[] {
  const { spec, specPath, specFiles, modules, stacks, folders } = platform;
  const folder = folderOf(specPath);
  const beside = (name: string): string => (folder === "" ? name : `${folder}/${name}`);
  const paths = new Set(
    stacks.flatMap((stack) => [...stack.paths, ...stack.steps.flatMap((step) => step.paths)]),
  );
  const contexts = imageContexts(platform);
  const { given, packs } = rehearsalFiles(platform);
  return tidyFilters([
    ...[...new Set([...specFiles, specPath, beside(LOCK_FILE)])].map(fileFilter),
    ...[...modules.values()].flatMap((module) => [
      folderFilter(module.folder),
      ...module.files.map((file) => folderFilter(folderOf(file))),
    ]),
    ...[...paths].map((path) => (folders.has(path) ? folderFilter(path) : fileFilter(path))),
    ...contexts.map(folderFilter),
    folderFilter(`out/${spec.name}`),
    ...(isRehearsed ? [fileFilter(given), folderFilter(packs)] : []),
    ...[workflowPath, "package.json", "package-lock.json"].map(fileFilter),
  ]);
}

/** Folders of the apps' images, from the project root. */
export function imageContexts({ spec, specPath }: Platform): readonly string[] {
  return [...spec.apps.values()].flatMap(({ image }) =>
    image === undefined ? [] : (resolvePath(folderOf(specPath), image.context) ?? []),
  );
}

function imagesOf(platform: Platform): GithubImages | undefined {
  const images = [...platform.spec.apps.values()].flatMap(({ image }) => image ?? []);
  if (images.length === 0) return undefined;
  const registries = images.map(({ registry }) => imageRegistry(platform, registry));
  const environments = registries.flatMap((registry) =>
    registry.status === "bad"
      ? []
      : registry.parts.flatMap((part) =>
          typeof part === "string" ? [] : (platform.stackByAddress.get(part.address)?.environment.name ?? []),
        ),
  );
  return { after: [...platform.spec.environments.keys()].filter((name) => environments.includes(name)) };
}

function awsOf(platform: Platform): GithubAws | undefined {
  const { aws } = platform.spec.github;
  const isUsed = uses(platform, "aws", "s3") || aws.node.entries.size > 0;
  if (!isUsed) return undefined;
  return { region: aws.region ?? regionOf(platform) ?? "us-east-1", planRole: aws.planRole };
}

function azureOf(platform: Platform): GithubAzure | undefined {
  const { tenantId, subscriptionId, clientId, node } = platform.spec.github.azure;
  const isUsed = uses(platform, "azurerm", "azurerm") || node.entries.size > 0;
  return isUsed ? { tenantId, subscriptionId, clientId } : undefined;
}

function uses({ stacks }: Platform, provider: string, backend: string): boolean {
  return stacks.some(
    (stack) =>
      stack.state.backend === backend ||
      [...stack.providers.values()].some(({ localName }) => localName === provider),
  );
}

/** The first region that the provider or the backend of a stack names as known text. */
function regionOf({ stacks }: Platform): string | undefined {
  for (const { providers, state } of stacks) {
    const configs = [providers.get("aws")?.config, state.backend === "s3" ? state.config : undefined];
    for (const config of configs) {
      const region = config && isMap(config) ? config.get("region") : undefined;
      if (typeof region === "string") return region;
    }
  }
  return undefined;
}
