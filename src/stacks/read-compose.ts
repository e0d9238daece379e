import type { Range } from "../source/source.ts";
import { child, emptyMap, type MapNode, mapOf, textOf, textsOf } from "../spec/node.ts";
import type { EnvironmentSpec, PlatformSpec } from "../spec/platform.ts";
import type { Report } from "../templates/evaluate.ts";
import { byCodePoint } from "../text/compare.ts";
import type { Compose, ComposeFile, ComposeImage, ComposePort, ComposeService } from "./compose.ts";
import { composeNames, type ServicePlace } from "./compose-names.ts";
import { type ComposeReader, composeReader } from "./compose-reader.ts";
import { type NameScopes, nameScopes } from "./name-scopes.ts";
import type { Platform } from "./platform-model.ts";
import type { StackInstance } from "./stack.ts";

/** What reading needs to know beside the node that is read. */
interface Around {
  readonly platform: Platform;
  readonly environment: EnvironmentSpec;
  readonly scopes: NameScopes;
  readonly services: readonly ServicePlace[];
  readonly report: Report;
}

interface WrittenService {
  readonly name: string;
  readonly node: MapNode;
  readonly range: Range;
}

/** What is run of an environment on the own machine; undefined where the spec has nothing of the kind, or not for it. */
export function readCompose(
  platform: Platform,
  environment: EnvironmentSpec,
  report: Report,
): Compose | undefined {
  const { spec } = platform;
  if (!spec.compose || !environmentNames(spec).includes(environment.name)) return undefined;
  const written = child(spec.compose, "services");
  const services = [...(written?.kind === "map" ? written.entries : [])].map(
    ([name, { value, keyRange }]): WrittenService => ({
      name,
      node: mapOf(value, keyRange),
      range: keyRange,
    }),
  );
  const placed = services.flatMap((service) =>
    placesOf(service, spec, environment).map((place, index) => ({ service, place, index })),
  );
  const around: Around = {
    platform,
    environment,
    scopes: nameScopes(spec, report),
    services: placed.map(({ place }) => place),
    report,
  };
  return {
    platform: spec.name,
    environment,
    services: placed
      .map(({ service, place, index }) => readService(service, place, index, around))
      .sort((left, right) => byCodePoint(left.name, right.name)),
  };
}

/** The environments that are run so, as the spec names them. */
function environmentNames({ compose, environments }: PlatformSpec): readonly string[] {
  const written = child(compose, "environments");
  if (written) return textsOf(written);
  return [...environments.values()].filter(({ isShared }) => !isShared).map(({ name }) => name);
}

function placesOf(
  { name, node }: WrittenService,
  spec: PlatformSpec,
  environment: EnvironmentSpec,
): readonly ServicePlace[] {
  if (textOf(child(node, "per")) !== "customer") return [{ written: name, name, customer: undefined }];
  return customersOf(spec, environment, textOf(child(node, "app"))).map((customer) => ({
    written: name,
    name: `${customer}-${name}`,
    customer,
  }));
}

/** The customers that are in an environment and have an app, sorted. */
function customersOf(
  { customers }: PlatformSpec,
  { name }: EnvironmentSpec,
  app: string | undefined,
): readonly string[] {
  return [...customers.values()]
    .filter(({ environments, apps }) => environments.has(name) && (app === undefined || apps.includes(app)))
    .map((customer) => customer.name)
    .sort(byCodePoint);
}

function readService(
  { name, node, range }: WrittenService,
  place: ServicePlace,
  index: number,
  around: Around,
): ComposeService {
  const app = textOf(child(node, "app"));
  const read = readerFor(place, app, around);
  const volumes = child(node, "volumes");
  const image = child(node, "image");
  return {
    name: place.name,
    written: name,
    customer: place.customer,
    description: textOf(child(node, "description")) ?? "",
    image: image
      ? { kind: "pulled", name: read.text(image) ?? "", range: image.range }
      : builtImage(app, around.platform.spec),
    isJob: read.isTrue(child(node, "job")),
    after: read.list(child(node, "after")),
    user: read.text(child(node, "user")),
    entrypoint: read.texts(child(node, "entrypoint")),
    command: read.texts(child(node, "command")),
    environment: read.map(child(node, "environment")),
    ports: portsOf(node, index),
    volumes: new Map(
      [...(volumes?.kind === "map" ? volumes.entries : [])].map(([key, { value, keyRange }]) => [
        read.key(key, keyRange),
        read.placed(value),
      ]),
    ),
    files: filesOf(node, place, app, around).sort((left, right) => byCodePoint(left.path, right.path)),
    healthcheck: read.healthcheck(child(node, "healthcheck")),
    memory: read.text(child(node, "memory")),
    range,
  };
}

function builtImage(app: string | undefined, spec: PlatformSpec): ComposeImage | undefined {
  const image = app === undefined ? undefined : spec.apps.get(app)?.image;
  return image && app !== undefined ? { kind: "built", app, context: image.context } : undefined;
}

/** Each customer's service has ports of its own on this machine. */
function portsOf(node: MapNode, index: number): readonly ComposePort[] {
  const written = child(node, "ports");
  return (written?.kind === "list" ? written.items : []).map((item) => {
    const numberOf = (at: typeof item | undefined): number =>
      at?.kind === "scalar" && typeof at.value === "number" ? at.value : 0;
    const container = numberOf(item.kind === "map" ? child(item, "container") : item);
    const host = numberOf(item.kind === "map" ? child(item, "host") : item) + index;
    return { container, host, range: item.range };
  });
}

function filesOf(node: MapNode, place: ServicePlace, app: string | undefined, around: Around): ComposeFile[] {
  const written = child(node, "files");
  return [...(written?.kind === "map" ? written.entries : [])].flatMap(([path, { value, keyRange }]) =>
    fileScopes(mapOf(value, keyRange), place, around).map((one): ComposeFile => {
      const read = readerFor(one, textOf(child(value, "app")) ?? app, around);
      return {
        path: read.key(path, keyRange),
        contents: read.contents(mapOf(value, keyRange)),
        range: keyRange,
      };
    }),
  );
}

/** For whom a file is there: everybody, each customer, or only a customer with the app. */
function fileScopes(node: MapNode, place: ServicePlace, around: Around): readonly ServicePlace[] {
  const customers = customersOf(around.platform.spec, around.environment, textOf(child(node, "app")));
  if (textOf(child(node, "per")) === "customer" && place.customer === undefined)
    return customers.map((customer) => ({ ...place, customer }));
  const isLeftOut = place.customer !== undefined && !customers.includes(place.customer);
  return isLeftOut ? [] : [place];
}

/** Reads in the scope of a service, or of a file that it has for one of the customers. */
function readerFor(place: ServicePlace, app: string | undefined, around: Around): ComposeReader {
  const { environment, platform, report, scopes } = around;
  const address = [environment.name, place.customer, place.written].filter((part) => part !== undefined);
  const instance: StackInstance = {
    spec: { name: place.written, range: environment.range, node: environment.node },
    name: place.written,
    environment,
    customer: place.customer,
    each: undefined,
    app: app !== undefined && platform.spec.apps.has(app) ? app : undefined,
    address: address.join("/"),
    stage: "compose",
    layers: [],
    definition: emptyMap(environment.range),
  };
  const own = composeNames(instance, around);
  return composeReader(scopes.dynamic(instance, { own }), report);
}
