import type { Range } from "../source/source.ts";
import { child, emptyMap, type MapNode, mapOf, type SpecNode, textOf } from "./node.ts";
import type {
  TargetKind,
  AppSpec,
  CustomerEnvironmentSpec,
  CustomerSpec,
  EnvironmentSpec,
  GithubSpec,
  ImageSpec,
  PlatformSpec,
  ProviderSpec,
  StackSpec,
  VariableSpec,
} from "./platform.ts";

const DEFAULT_STAGES = ["provision", "configure", "deploy", "test"];

/** Fills in what was left out of a spec whose shape has been checked. */
export function completePlatform(root: MapNode): PlatformSpec {
  const environments = mapEntries(child(root, "environments"), completeEnvironment);
  const notShared = [...environments.values()].filter((environment) => !environment.isShared);
  const terraform = child(root, "terraform");
  return {
    name: textOf(child(root, "platform")) ?? "",
    range: child(root, "platform")?.range ?? root.range,
    stages: texts(child(root, "stages")) ?? DEFAULT_STAGES,
    command: commandOf(textOf(child(terraform, "command"))),
    requiredVersion: textOf(child(terraform, "required_version")),
    requiredVersionRange: child(terraform, "required_version")?.range,
    providers: mapEntries(child(terraform, "providers"), completeProvider),
    state: mapOf(child(root, "state"), root.range),
    bootstrap: textOf(child(child(root, "state"), "bootstrap")),
    vars: mapOf(child(root, "vars"), root.range),
    environments,
    customers: mapEntries(child(root, "customers"), (name, node, range) =>
      completeCustomer(name, node, range, notShared),
    ),
    apps: mapEntries(child(root, "apps"), completeApp),
    variables: mapEntries(child(root, "variables"), completeVariable),
    stacks: mapEntries(child(root, "stacks"), completeStack),
    quality: mapEntries(child(root, "quality"), completeStack),
    pipelines: writtenMap(child(root, "pipelines")),
    compose: writtenMap(child(root, "compose")),
    github: completeGithub(mapOf(child(child(root, "ci"), "github"), root.range)),
  };
}

function commandOf(written: string | undefined): PlatformSpec["command"] {
  return written === "terraform" || written === "tofu" ? written : undefined;
}

function writtenMap(node: SpecNode | undefined): MapNode | undefined {
  return node?.kind === "map" ? node : undefined;
}

function completeProvider(key: string, node: MapNode, range: Range): ProviderSpec {
  const [localName = key, alias] = key.split(".");
  return {
    key,
    localName,
    alias,
    source: textOf(child(node, "source")),
    version: textOf(child(node, "version")),
    config: mapOf(child(node, "config"), range),
    range,
    node,
  };
}

function completeEnvironment(name: string, node: MapNode, range: Range): EnvironmentSpec {
  return {
    name,
    range,
    isShared: isTrue(child(node, "shared")),
    after: textOf(child(node, "after")),
    needsApproval: textOf(child(node, "approval")) === "manual",
    isOptional: isTrue(child(node, "optional")),
    target: targetOf(textOf(child(node, "target"))),
    vars: mapOf(child(node, "vars"), range),
    stackLayers: layersOf(node),
    node,
  };
}

function targetOf(written: string | undefined): TargetKind {
  return written === "emulator" || written === "rehearsal" ? written : "cloud";
}

function completeCustomer(
  name: string,
  node: MapNode,
  range: Range,
  notShared: readonly EnvironmentSpec[],
): CustomerSpec {
  const written = child(node, "environments");
  const everywhere = (): ReadonlyMap<string, CustomerEnvironmentSpec> =>
    new Map(
      notShared.map((environment) => [
        environment.name,
        completeCustomerEnvironment(environment.name, emptyMap(range)),
      ]),
    );
  return {
    name,
    range,
    apps: texts(child(node, "apps")) ?? [],
    vars: mapOf(child(node, "vars"), range),
    stackLayers: layersOf(node),
    environments: written === undefined ? everywhere() : mapEntries(written, completeCustomerEnvironment),
    node,
  };
}

function completeCustomerEnvironment(_name: string, node: MapNode): CustomerEnvironmentSpec {
  return { vars: mapOf(child(node, "vars"), node.range), stackLayers: layersOf(node), node };
}

function completeApp(name: string, node: MapNode, range: Range): AppSpec {
  return { name, range, image: imageOf(child(node, "image")), vars: mapOf(child(node, "vars"), range), node };
}

function imageOf(node: SpecNode | undefined): ImageSpec | undefined {
  const written = child(node, "context");
  const context = textOf(written);
  if (written === undefined || context === undefined) return undefined;
  return {
    context,
    contextRange: written.range,
    tag: undefined,
    fault: undefined,
    registry: child(node, "registry"),
  };
}

function completeVariable(name: string, node: MapNode, range: Range): VariableSpec {
  return {
    name,
    range,
    description: textOf(child(node, "description")),
    type: textOf(child(node, "type")) ?? "string",
    isSensitive: isTrue(child(node, "sensitive")),
    node,
  };
}

function completeStack(name: string, node: MapNode, range: Range): StackSpec {
  return { name, range, node };
}

function completeGithub(node: MapNode): GithubSpec {
  const aws = mapOf(child(node, "aws"), node.range);
  const azure = mapOf(child(node, "azure"), node.range);
  return {
    runner: textOf(child(node, "runner")) ?? "ubuntu-latest",
    branch: textOf(child(node, "branch")) ?? "main",
    node: textOf(child(node, "node")) ?? "22",
    target: targetOf(textOf(child(node, "target"))),
    rehearse: rehearseOf(child(node, "rehearse")),
    drift: textOf(child(node, "drift")),
    settings: node,
    aws: {
      region: textOf(child(aws, "region")),
      planRole: textOf(child(aws, "plan_role")),
      applyRoles: textByName(child(aws, "apply_roles")),
      node: aws,
    },
    azure: {
      tenantId: textOf(child(azure, "tenant_id")),
      subscriptionId: textOf(child(azure, "subscription_id")),
      clientId: textOf(child(azure, "client_id")),
      clientIds: textByName(child(azure, "client_ids")),
      node: azure,
    },
  };
}

function rehearseOf(node: SpecNode | undefined): GithubSpec["rehearse"] {
  if (node?.kind === "scalar") return node.value === false ? [] : "all";
  return texts(node);
}

function textByName(node: SpecNode | undefined): ReadonlyMap<string, string> {
  const entries = node?.kind === "map" ? [...node.entries] : [];
  return new Map(
    entries.flatMap(([name, { value }]) => {
      const text = textOf(value);
      return text === undefined ? [] : [[name, text] as const];
    }),
  );
}

function layersOf(node: MapNode): ReadonlyMap<string, MapNode> {
  return mapEntries(child(node, "stacks"), (_name, layer) => layer);
}

function mapEntries<Result>(
  node: SpecNode | undefined,
  complete: (name: string, node: MapNode, keyRange: Range) => Result,
): ReadonlyMap<string, Result> {
  const result = new Map<string, Result>();
  if (node?.kind !== "map") return result;
  for (const [name, entry] of node.entries) {
    if (entry.value.kind !== "unset")
      result.set(name, complete(name, mapOf(entry.value, entry.keyRange), entry.keyRange));
  }
  return result;
}

function texts(node: SpecNode | undefined): readonly string[] | undefined {
  if (node?.kind !== "list") return undefined;
  return node.items.map((item) => textOf(item) ?? "");
}

function isTrue(node: SpecNode | undefined): boolean {
  return node?.kind === "scalar" && node.value === true;
}
