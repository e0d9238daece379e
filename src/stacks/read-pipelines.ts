import type { Range } from "../source/source.ts";
import { child, type MapNode, mapOf, type SpecNode, textsOf } from "../spec/node.ts";
import type { EnvironmentSpec, PlatformSpec } from "../spec/platform.ts";
import { evaluateNode, type Report } from "../templates/evaluate.ts";
import { asText } from "../templates/functions.ts";
import { isComputed, isList, isMap } from "../templates/value.ts";
import { environmentScope } from "./environment-scope.ts";
import type {
  Connection,
  ConnectionType,
  Dag,
  Pipelines,
  PlacedText,
  SlackWork,
  Task,
  Work,
} from "./pipelines.ts";

const DEFAULT_AIRFLOW = "3.3.2";

/** What Airflow runs in an environment; undefined where the spec has no pipelines, or none there. */
export function readPipelines(
  spec: PlatformSpec,
  environment: EnvironmentSpec,
  report: Report,
): Pipelines | undefined {
  const { pipelines: node } = spec;
  if (!node || !environmentNames(spec).includes(environment.name)) return undefined;
  const read = reader(spec, environment, report);
  return {
    environment,
    airflow: read.text(child(node, "airflow")) ?? DEFAULT_AIRFLOW,
    region: read.text(child(node, "region")) ?? "",
    secret: read.placed(child(node, "secret"), node.range),
    adminEmail: read.text(child(node, "admin_email")) ?? "",
    files: read.list(child(node, "files")),
    packages: read.list(child(node, "packages")),
    connections: entriesOf(child(node, "connections"), (id, one, range) =>
      readConnection(id, one, range, read),
    ),
    dags: entriesOf(child(node, "dags"), (id, one, range) => readDag(id, one, range, read)),
  };
}

/** The environments that Airflow runs in, as the spec names them. */
function environmentNames({ pipelines, environments }: PlatformSpec): readonly string[] {
  const written = child(pipelines, "environments");
  if (written) return textsOf(written);
  return [...environments.values()].filter(({ isShared }) => !isShared).map(({ name }) => name);
}

/** Reads parts of the pipelines with templates evaluated; what is left out is empty or undefined. */
interface Reader {
  readonly text: (node: SpecNode | undefined) => string | undefined;
  readonly placed: (node: SpecNode | undefined, otherwise: Range) => PlacedText;
  readonly list: (node: SpecNode | undefined) => readonly PlacedText[];
  readonly texts: (node: SpecNode | undefined) => readonly string[];
  readonly map: (node: SpecNode | undefined) => ReadonlyMap<string, string>;
}

function reader(spec: PlatformSpec, environment: EnvironmentSpec, report: Report): Reader {
  const scope = environmentScope(spec, environment, "pipelines", report);
  const text = (node: SpecNode | undefined): string | undefined => {
    if (!node) return undefined;
    const value = evaluateNode(node, scope, report);
    if (value !== null && !isComputed(value) && !isMap(value) && !isList(value)) return asText(value);
    if (!isComputed(value)) report(notText(node));
    return "";
  };
  const placed = (node: SpecNode | undefined, otherwise: Range): PlacedText => ({
    text: text(node) ?? "",
    range: node?.range ?? otherwise,
  });
  const list = (node: SpecNode | undefined): readonly PlacedText[] =>
    node?.kind === "list" ? node.items.map((item) => placed(item, item.range)) : [];
  const map = (node: SpecNode | undefined): ReadonlyMap<string, string> =>
    new Map(
      node?.kind === "map" ? [...node.entries].map(([key, { value }]) => [key, text(value) ?? ""]) : [],
    );
  return { text, placed, list, texts: (node) => list(node).map((item) => item.text), map };
}

function notText({ range }: SpecNode): Parameters<Report>[0] {
  const message = "this must be text";
  const hint = "write text, or a template that is text";
  return { code: "wrong-type", severity: "error", message, hint, range };
}

function readConnection(id: string, node: MapNode, range: Range, read: Reader): Connection {
  return {
    id,
    type: (read.text(child(node, "type")) ?? "other") as ConnectionType,
    secret: read.placed(child(node, "secret"), range),
    host: read.text(child(node, "host")),
    port: numberOf(child(node, "port")) ?? 2376,
    range,
  };
}

function readDag(id: string, node: MapNode, range: Range, read: Reader): Dag {
  const schedule = child(node, "schedule");
  const onFailure = child(node, "on_failure");
  return {
    id,
    description: read.text(child(node, "description")) ?? "",
    cron: read.placed(child(schedule, "cron"), range),
    timezone: read.placed(child(schedule, "timezone"), range),
    start: read.placed(child(node, "start"), range),
    catchesUp: isTrue(child(node, "catchup")),
    maxActiveRuns: numberOf(child(node, "max_active_runs")) ?? 1,
    retries: numberOf(child(node, "retries")) ?? 0,
    retryDelaySeconds: numberOf(child(node, "retry_delay")) ?? 300,
    tags: read.texts(child(node, "tags")),
    onFailure: onFailure && readSlack(onFailure, range, read),
    tasks: entriesOf(child(node, "tasks"), (name, task, at) => readTask(name, task, at, read)),
    range,
  };
}

function readTask(name: string, node: MapNode, range: Range, read: Reader): Task {
  return {
    name,
    after: read.list(child(node, "after")),
    notBefore: read.text(child(node, "not_before")),
    retries: numberOf(child(node, "retries")),
    timeoutSeconds: numberOf(child(node, "timeout")),
    works: readWorks(node, range, read),
    range,
  };
}

function readWorks(node: MapNode, range: Range, read: Reader): readonly Work[] {
  const [docker, spark, command, slack] = ["docker", "spark", "command", "slack"].map((key) =>
    child(node, key),
  );
  const works: Work[] = [];
  if (docker)
    works.push({
      kind: "docker",
      connection: read.placed(child(docker, "connection"), range),
      image: read.text(child(docker, "image")) ?? "",
      command: read.texts(child(docker, "command")),
      environment: read.map(child(docker, "environment")),
      network: read.text(child(docker, "network")),
      mounts: read.map(child(docker, "mounts")),
    });
  if (spark)
    works.push({
      kind: "spark",
      connection: read.placed(child(spark, "connection"), range),
      application: read.text(child(spark, "application")) ?? "",
      arguments: read.texts(child(spark, "arguments")),
      conf: read.map(child(spark, "conf")),
      packages: read.texts(child(spark, "packages")),
      environment: read.map(child(spark, "environment")),
    });
  if (command)
    works.push({
      kind: "command",
      run: read.texts(child(command, "run")),
      environment: read.map(child(command, "environment")),
    });
  if (slack) works.push(readSlack(slack, range, read));
  return works;
}

function readSlack(node: SpecNode, range: Range, read: Reader): SlackWork {
  return {
    kind: "slack",
    connection: read.placed(child(node, "connection"), range),
    message: read.text(child(node, "message")) ?? "",
  };
}

function entriesOf<Result>(
  node: SpecNode | undefined,
  read: (name: string, node: MapNode, range: Range) => Result,
): ReadonlyMap<string, Result> {
  const entries = node?.kind === "map" ? [...node.entries] : [];
  return new Map(
    entries.map(([name, { value, keyRange }]) => [name, read(name, mapOf(value, keyRange), keyRange)]),
  );
}

function numberOf(node: SpecNode | undefined): number | undefined {
  return node?.kind === "scalar" && typeof node.value === "number" ? node.value : undefined;
}

function isTrue(node: SpecNode | undefined): boolean {
  return node?.kind === "scalar" && node.value === true;
}
