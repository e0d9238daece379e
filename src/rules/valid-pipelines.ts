import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { DiagnosticCode } from "../diagnostics/codes.ts";
import { findCycle } from "../graph/find-cycle.ts";
import type { Range } from "../source/source.ts";
import { child, textOf } from "../spec/node.ts";
import { findSecret } from "../stacks/find-secret.ts";
import type { Connection, ConnectionType, Dag, Pipelines, PlacedText, Task } from "../stacks/pipelines.ts";
import type { Platform } from "../stacks/platform-model.ts";
import { readPipelines } from "../stacks/read-pipelines.ts";
import { cronProblem } from "./cron-problem.ts";
import { didYouMean, quoted } from "./did-you-mean.ts";
import type { PlatformRule } from "./rule.ts";
import { timeZoneProblem } from "./time-zone-problem.ts";

const KINDS = ["docker", "spark", "command", "slack"];
const ID = /^[a-z][a-z0-9_]{0,62}$/;

/** Airflow can load and run every pipeline: names stand for what is there, and tasks come after each other in no circle. */
export const validPipelines: PlatformRule = (platform) => [
  ...unknownEnvironments(platform),
  ...[...platform.spec.environments.values()].flatMap((environment) => {
    const found: Diagnostic[] = [];
    const pipelines = readPipelines(platform.spec, environment, (one) => void found.push(one));
    return pipelines ? [...found, ...inPipelines(pipelines, platform)] : found;
  }),
];

function unknownEnvironments({ spec }: Platform): Diagnostic[] {
  const known = [...spec.environments.keys()];
  const written = child(spec.pipelines, "environments");
  const items = written?.kind === "list" ? written.items : [];
  return items.flatMap((item) => {
    const name = textOf(item);
    if (name === undefined || known.includes(name)) return [];
    const hint = didYouMean(name, known, "the environments are", "declare it under 'environments'");
    return [problem(`there is no environment '${name}'`, hint, item.range, "unknown-name")];
  });
}

function inPipelines(pipelines: Pipelines, platform: Platform): Diagnostic[] {
  const { connections, dags } = pipelines;
  return [
    ...secretProblems(pipelines.secret, pipelines, platform),
    ...pathProblems(pipelines.files),
    ...[...pipelines.packages].filter(({ text }) => !PACKAGE.test(text)).map(badPackage),
    ...[...connections.values()].flatMap((one) => [
      ...badId("connection", one.id, one.range),
      ...secretProblems(one.secret, pipelines, platform, one),
      ...hostProblems(one),
    ]),
    ...prefixProblems(pipelines, platform),
    ...[...dags.values()].flatMap((dag) => [
      ...badId("pipeline", dag.id, dag.range),
      ...inDag(dag, pipelines),
    ]),
  ];
}

/** A name with extras and a version: nothing that pip would take for an option, a URL or a second line. */
const PACKAGE =
  /^[A-Za-z0-9][A-Za-z0-9._-]*(\[[A-Za-z0-9._,-]+\])?((==|~=|>=|<=|!=|<|>)[A-Za-z0-9.*+!_-]+(,(==|~=|>=|<=|!=|<|>)[A-Za-z0-9.*+!_-]+)*)?$/;

function badPackage({ text, range }: PlacedText): Diagnostic {
  return problem(`'${text}' is no package`, "write it as pip does: 'pandas==2.2.3'", range);
}

function pathProblems(files: readonly PlacedText[]): Diagnostic[] {
  return files
    .filter(({ text }) => text === "" || text.startsWith("/") || text.split("/").includes(".."))
    .map(({ text, range }) =>
      problem(`'${text}' does not lie beside the spec`, "paths begin at the folder of the spec", range),
    );
}

function inDag(dag: Dag, pipelines: Pipelines): Diagnostic[] {
  const cron = cronProblem(dag.cron.text);
  const zone = timeZoneProblem(dag.timezone.text);
  return [
    ...(cron ? [problem(cron.message, cron.hint, dag.cron.range, "bad-schedule")] : []),
    ...(zone ? [problem(zone.message, zone.hint, dag.timezone.range, "bad-schedule")] : []),
    ...(isDay(dag.start.text)
      ? []
      : [
          problem(
            `'${dag.start.text}' is no day`,
            "write it as '2026-01-31'",
            dag.start.range,
            "bad-schedule",
          ),
        ]),
    ...(dag.tasks.size === 0
      ? [problem(`pipeline '${dag.id}' has no tasks`, "add one, or take the pipeline out", dag.range)]
      : []),
    ...(dag.onFailure ? connectionProblems(dag.onFailure.connection, "slack", pipelines) : []),
    ...[...dag.tasks.values()].flatMap((task) => inTask(task, dag, pipelines)),
    ...circle(dag),
  ];
}

function isDay(text: string): boolean {
  const [year, month, day] = text.split("-").map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) && text.length === 10;
}

function inTask(task: Task, dag: Dag, pipelines: Pipelines): Diagnostic[] {
  return [
    ...badId("task", task.name, task.range),
    ...oneKind(task),
    ...task.after
      .filter(({ text }) => !dag.tasks.has(text))
      .map(({ text, range }) =>
        problem(
          `pipeline '${dag.id}' has no task '${text}'`,
          didYouMean(
            text,
            [...dag.tasks.keys()].filter((name) => name !== task.name),
            "its other tasks are",
            "it has no other tasks",
          ),
          range,
        ),
      ),
    ...task.works.flatMap((work) => {
      if (work.kind !== "command") return connectionProblems(work.connection, work.kind, pipelines);
      return work.run.length > 0
        ? []
        : [problem(`task '${task.name}' runs nothing`, "name a program under 'run'", task.range)];
    }),
  ];
}

function oneKind({ name, works, range }: Task): Diagnostic[] {
  if (works.length === 1) return [];
  const hint = `write exactly one of ${quoted(KINDS)}`;
  if (works.length === 0) return [problem(`task '${name}' does nothing`, hint, range)];
  return [problem(`task '${name}' is ${quoted(works.map(({ kind }) => kind))} at once`, hint, range)];
}

function connectionProblems(
  { text, range }: PlacedText,
  due: ConnectionType,
  { connections }: Pipelines,
): Diagnostic[] {
  const found = connections.get(text);
  if (found?.type === due) return [];
  const fitting = [...connections.values()].filter(({ type }) => type === due).map(({ id }) => id);
  const hint = didYouMean(
    text,
    fitting,
    `connections of type '${due}' are`,
    `declare one of type '${due}' under 'connections'`,
  );
  if (!found) return [problem(`there is no connection '${text}'`, hint, range)];
  return [problem(`connection '${text}' is of type '${found.type}', and '${due}' is needed`, hint, range)];
}

/** Airflow looks for all of its connections under one prefix. */
function prefixProblems({ connections, environment }: Pipelines, platform: Platform): Diagnostic[] {
  const places = [...connections.values()].flatMap(({ id, type, secret }) => {
    const found = findSecret(platform, environment.name, secret.text);
    if (type === "docker" || found.status !== "found" || !found.name.endsWith(`/${id}`)) return [];
    return [{ prefix: found.name.slice(0, -id.length - 1), secret, name: found.name }];
  });
  const [first] = places;
  return places
    .filter(({ prefix }) => prefix !== first?.prefix)
    .map(({ secret, name }) =>
      problem(
        `Airflow looks for its connections under '${first?.prefix}', and not for '${name}'`,
        "begin the names of these secrets alike",
        secret.range,
      ),
    );
}

function hostProblems({ id, type, host, port, range }: Connection): Diagnostic[] {
  if (type !== "docker")
    return host === undefined
      ? []
      : [problem(`the host of connection '${id}' is part of its secret`, "take 'host' out", range)];
  if (host === undefined || !/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(host))
    return [
      problem(
        `connection '${id}' needs a host`,
        "name the host whose Docker it is: 'host: server0.internal'",
        range,
      ),
    ];
  if (port !== 2375) return [];
  const hint = "2376 is its API with TLS, where a client needs a certificate";
  return [problem(`port 2375 is Docker without TLS: whoever reaches it owns the host`, hint, range)];
}

function secretProblems(
  { text, range }: PlacedText,
  { environment }: Pipelines,
  platform: Platform,
  connection?: Connection,
): Diagnostic[] {
  const found = findSecret(platform, environment.name, text);
  switch (found.status) {
    case "missing":
      return [
        problem(
          `environment '${environment.name}' has no ${found.what}`,
          didYouMean(text.split(".")[0] ?? "", found.known, "its stacks are", "it has no stacks"),
          range,
          "unknown-stack",
        ),
      ];
    case "no-secret":
      return [
        problem(
          `${found.what} is no secret`,
          didYouMean(
            text,
            found.known,
            "secrets of that stack are",
            "name a stack or call of the module 'aws/secret'",
          ),
          range,
        ),
      ];
    case "unknown-name":
      return [
        problem(
          `the name of the secret ${found.what} is not known before an apply`,
          "give it a name without outputs and variables",
          range,
        ),
      ];
    case "found":
      if (!connection || connection.type === "docker" || found.name.endsWith(`/connections/${connection.id}`))
        return [];
      return [
        problem(
          `Airflow would not find connection '${connection.id}' in the secret '${found.name}'`,
          `name that secret '.../connections/${connection.id}'`,
          range,
        ),
      ];
  }
}

function badId(kind: string, id: string, range: Range): Diagnostic[] {
  if (ID.test(id)) return [];
  const hint =
    "it is at most 63 lower-case letters, digits and '_', beginning with a letter, like 'daily_load'";
  return [problem(`'${id}' is no name for a ${kind}`, hint, range, "bad-name")];
}

function circle({ id, tasks }: Dag): Diagnostic[] {
  const upstreamOf = new Map(
    [...tasks.values()].map((task) => [
      task.name,
      task.after.map(({ text }) => text).filter((name) => tasks.has(name)),
    ]),
  );
  const cycle = findCycle({ nodes: [...upstreamOf.keys()], upstreamOf });
  const [first] = cycle ?? [];
  if (!cycle || first === undefined) return [];
  const loop = [...cycle, first].map((name) => `'${name}'`).join(" → ");
  const message = `tasks of pipeline '${id}' come after each other in a circle: ${loop}`;
  return [problem(message, "take one of them out of 'after'", tasks.get(first)!.range)];
}

function problem(
  message: string,
  hint: string,
  range: Range,
  code: DiagnosticCode = "bad-pipeline",
): Diagnostic {
  return { code, severity: "error", message, hint, range };
}
