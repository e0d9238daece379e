import type { DiagnosticCode } from "../diagnostics/codes.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { findCycle } from "../graph/find-cycle.ts";
import type { Range } from "../source/source.ts";
import { child, type SpecNode, textOf } from "../spec/node.ts";
import { type Compose, type ComposeFile, type ComposeService, servicesAfter } from "../stacks/compose.ts";
import type { Platform } from "../stacks/platform-model.ts";
import { readCompose } from "../stacks/read-compose.ts";
import { didYouMean, quoted } from "./did-you-mean.ts";
import type { PlatformRule } from "./rule.ts";

const CONTENTS = ["source", "text", "properties", "hadoop", "json"];
/** As long as a name can be in the network of containers, with a customer's before it. */
const NAME = /^(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const VOLUME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** A name with a tag that is one, or with a digest. */
const IMAGE =
  /^[a-z0-9][A-Za-z0-9._/:-]*(:(?!latest$)[A-Za-z0-9_][A-Za-z0-9._-]{0,127}|@sha256:[0-9a-f]{64})$/;

/** Every service of `compose` can be started: its image, files, ports and order are there and fit each other. */
export const validCompose: PlatformRule = (platform) => [
  ...unknownNames(platform),
  ...[...platform.spec.environments.values()].flatMap((environment) => {
    const found: Diagnostic[] = [];
    const compose = readCompose(platform, environment, (one) => void found.push(one));
    return compose ? [...found, ...inCompose(compose, platform)] : found;
  }),
];

/** Names of the spec itself; services are looked at where they are wanted. */
function unknownNames({ spec }: Platform): Diagnostic[] {
  const services = child(spec.compose, "services");
  const written = services?.kind === "map" ? [...services.entries] : [];
  const files = written.flatMap(([, { value }]) => {
    const all = child(value, "files");
    return all?.kind === "map" ? [...all.entries.values()].map((one) => one.value) : [];
  });
  return [
    ...unknown(child(spec.compose, "environments"), "environment", [...spec.environments.keys()]),
    ...[...written.map(([, { value }]) => value), ...files].flatMap((node) =>
      unknown(child(node, "app"), "app", [...spec.apps.keys()]),
    ),
    ...written
      .filter(([name]) => !NAME.test(name))
      .map(([name, { keyRange }]) =>
        problem(
          `'${name}' is no name for a service`,
          "it is at most 40 lower-case letters, digits and single dashes, beginning with a letter, like 'object-store'",
          keyRange,
          "bad-name",
        ),
      ),
    ...written.flatMap(([, { value }]) =>
      unknown(child(value, "after"), "service", [...written.map(([name]) => name)]),
    ),
  ];
}

function unknown(node: SpecNode | undefined, kind: string, known: readonly string[]): Diagnostic[] {
  const items = node?.kind === "list" ? node.items : node ? [node] : [];
  return items.flatMap((item) => {
    const name = textOf(item);
    if (name === undefined || known.includes(name)) return [];
    const hint = didYouMean(name, known, `the ${kind}s are`, `declare it under '${kind}s'`);
    return [problem(`there is no ${kind} '${name}'`, hint, item.range, "unknown-name")];
  });
}

function inCompose(compose: Compose, platform: Platform): Diagnostic[] {
  return [
    ...(compose.services.length === 0 && platform.spec.compose
      ? [
          problem(
            `'compose' has no service in environment '${compose.environment.name}'`,
            "add one, or leave the environment out",
            platform.spec.compose.range,
          ),
        ]
      : []),
    ...compose.services.flatMap((service) => inService(service)),
    ...clashes(compose),
    ...circle(compose),
  ];
}

function inService(service: ComposeService): Diagnostic[] {
  const { written, range, isJob, healthcheck, environment, volumes, files } = service;
  return [
    ...imageProblems(service),
    ...(isJob || healthcheck !== undefined
      ? []
      : [
          problem(
            `nobody can see whether service '${written}' works`,
            "give it a 'healthcheck', 'healthcheck: image' where its image has one, or 'job: true' where it ends by itself",
            range,
          ),
        ]),
    ...(isJob && healthcheck !== undefined
      ? [problem(`job '${written}' ends, and has no health`, "take 'healthcheck' out, or 'job'", range)]
      : []),
    ...(typeof healthcheck === "object" && healthcheck.run.length === 0
      ? [problem(`the healthcheck of service '${written}' runs nothing`, "name a program under 'run'", range)]
      : []),
    ...[...environment.keys()]
      .filter((name) => !VARIABLE.test(name))
      .map((name) =>
        problem(`'${name}' is no name of an environment variable`, "write it like 'DATABASE_HOST'", range),
      ),
    ...[...volumes]
      .filter(([name, { text }]) => !VOLUME.test(name) || !text.startsWith("/"))
      .map(([name, { text, range: at }]) =>
        problem(
          `volume '${name}' cannot lie at '${text}'`,
          "a volume is 'NAME: PATH', with a path in the container that begins with '/'",
          at,
        ),
      ),
    ...files.flatMap((file) => inFile(file)),
  ];
}

function imageProblems({ written, image, range }: ComposeService): Diagnostic[] {
  if (!image)
    return [
      problem(
        `service '${written}' has no image`,
        "name one under 'image', or an app with 'image: { context: FOLDER }' under 'app'",
        range,
      ),
    ];
  if (image.kind === "built" || image.name === "" || IMAGE.test(image.name)) return [];
  return [
    problem(
      `'${image.name}' is not the name of one image for everybody`,
      "name it with its tag, which is not 'latest', or its digest: 'postgres:16.10'",
      image.range,
    ),
  ];
}

function inFile({ path, contents, range }: ComposeFile): Diagnostic[] {
  const kinds = contents.map(({ kind }) => kind);
  const isPath = path.startsWith("/") && !path.split("/").includes("..") && !path.endsWith("/");
  return [
    ...(isPath || path === ""
      ? []
      : [problem(`'${path}' is no path of a file in a container`, "begin it with '/'", range)]),
    ...(kinds.length === 1
      ? []
      : [
          problem(
            kinds.length === 0
              ? `file '${path}' holds nothing`
              : `file '${path}' is ${quoted(kinds)} at once`,
            `write exactly one of ${quoted(CONTENTS)}`,
            range,
          ),
        ]),
    ...contents.flatMap((one) =>
      one.kind === "source" && (one.path.startsWith("/") || one.path.split("/").includes(".."))
        ? [
            problem(
              `'${one.path}' does not lie beside the spec`,
              "paths begin at the folder of the spec",
              range,
            ),
          ]
        : [],
    ),
  ];
}

/** Two services of one name, two that want one port of the machine, two files at one path. */
function clashes({ services }: Compose): Diagnostic[] {
  return [
    ...doubles(
      services.map(({ name, range }) => ({ what: name, range })),
      (name) => `two services are called '${name}'`,
      "with 'per: customer' a service is called CUSTOMER-NAME: rename one of them",
    ),
    ...doubles(
      services.flatMap(({ ports }) => ports.map(({ host, range }) => ({ what: String(host), range }))),
      (port) => `two services want port ${port} of this machine`,
      "with 'per: customer' each customer takes one more: name another with '{ container: PORT, host: PORT }'",
    ),
    ...services.flatMap(({ files }) =>
      doubles(
        files.map(({ path, range }) => ({ what: path, range })),
        (path) => `two files would lie at '${path}'`,
        "with 'per: customer' the path holds '{{customer.name}}'",
      ),
    ),
  ];
}

function doubles(
  all: readonly { readonly what: string; readonly range: Range }[],
  message: (what: string) => string,
  hint: string,
): Diagnostic[] {
  return all.flatMap(({ what, range }, index) => {
    const first = all.findIndex((one) => one.what === what);
    if (first === index) return [];
    return [
      {
        ...problem(message(what), hint, range, "clash"),
        related: [{ message: "the other one is here", range: all[first]?.range ?? range }],
      },
    ];
  });
}

function circle(compose: Compose): Diagnostic[] {
  const upstreamOf = new Map(
    compose.services.map((one) => [one.name, servicesAfter(one, compose).map(({ name }) => name)]),
  );
  const cycle = findCycle({ nodes: [...upstreamOf.keys()], upstreamOf });
  const [first] = cycle ?? [];
  const service = compose.services.find(({ name }) => name === first);
  if (!cycle || !service) return [];
  const loop = [...cycle, service.name].map((name) => `'${name}'`).join(" → ");
  return [
    problem(
      `services wait for each other in a circle: ${loop}`,
      "take one of them out of 'after'",
      service.range,
    ),
  ];
}

function problem(
  message: string,
  hint: string,
  range: Range,
  code: DiagnosticCode = "bad-service",
): Diagnostic {
  return { code, severity: "error", message, hint, range };
}
