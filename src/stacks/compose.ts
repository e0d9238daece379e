import type { Range } from "../source/source.ts";
import type { EnvironmentSpec } from "../spec/platform.ts";
import type { Value } from "../templates/value.ts";
import type { PlacedText } from "./pipelines.ts";

/*
 * `compose` of the spec → readCompose, once per environment: templates evaluated, one service per customer where it says
 * so → Compose, which the rule validCompose holds against its laws → composeBundle: the compose file, the files that
 * services are configured by, and a page for people. Only the command knows where the bundle will lie.
 */

/** Said where it stands: nobody takes it for a secret. Long enough for keys, and without signs that URLs would change. */
export const COMPOSE_PASSWORD = "only-for-local-development-not-a-secret";

/** What a developer runs of one environment: nothing is left to fill in. */
export interface Compose {
  readonly platform: string;
  readonly environment: EnvironmentSpec;
  /** Sorted by name. */
  readonly services: readonly ComposeService[];
}

export interface ComposeService {
  /** Its own name, under which the others reach it: `acme-hive`. */
  readonly name: string;
  /** As it is written: `hive`. */
  readonly written: string;
  readonly customer: string | undefined;
  readonly description: string;
  /** Undefined where it names none and has no app with one. */
  readonly image: ComposeImage | undefined;
  readonly isJob: boolean;
  /** As written; a service of another customer is none of them. */
  readonly after: readonly PlacedText[];
  readonly user: string | undefined;
  readonly entrypoint: readonly string[] | undefined;
  readonly command: readonly string[] | undefined;
  readonly environment: ReadonlyMap<string, string>;
  readonly ports: readonly ComposePort[];
  /** Paths in the container by the name of the volume. */
  readonly volumes: ReadonlyMap<string, PlacedText>;
  readonly files: readonly ComposeFile[];
  readonly healthcheck: "image" | ComposeHealthcheck | undefined;
  readonly memory: string | undefined;
  readonly range: Range;
}

export type ComposeImage =
  | { readonly kind: "pulled"; readonly name: string; readonly range: Range }
  /** Built from a folder beside the spec. */
  | { readonly kind: "built"; readonly app: string; readonly context: string };

export interface ComposePort {
  readonly container: number;
  readonly host: number;
  readonly range: Range;
}

export interface ComposeFile {
  /** The path in the container. */
  readonly path: string;
  /** Every kind that is written; a file of the right shape has one. */
  readonly contents: readonly ComposeContent[];
  readonly range: Range;
}

export type ComposeContent =
  | { readonly kind: "source"; readonly path: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "properties" | "hadoop"; readonly properties: ReadonlyMap<string, string> }
  | { readonly kind: "json"; readonly value: Value };

export interface ComposeHealthcheck {
  readonly run: readonly string[];
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly attempts: number;
}

/** The services that a service waits for: those of its own customer, or all of a name. */
export function servicesAfter(service: ComposeService, { services }: Compose): readonly ComposeService[] {
  const wanted = new Set(service.after.map(({ text }) => text));
  return services.filter(
    (one) =>
      wanted.has(one.written) &&
      (service.customer === undefined || one.customer === undefined || one.customer === service.customer),
  );
}

/** The folders and files beside the spec that services need. */
export function pathsOf({ services }: Compose): readonly string[] {
  const all = services.flatMap(({ image, files }) => [
    ...(image?.kind === "built" ? [image.context] : []),
    ...files.flatMap(({ contents }) => contents.flatMap((one) => (one.kind === "source" ? [one.path] : []))),
  ]);
  return [...new Set(all)];
}
