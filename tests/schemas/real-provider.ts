import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { Client, credentials, type ServiceDefinition } from "@grpc/grpc-js";
import type { BlockSchema, CtyType, ProviderSchema, TypeSchema } from "../../src/provider/provider-schema.ts";
import type { Value } from "../../src/provider/value.ts";
import { impliedType } from "../../src/rehearsal/implied-type.ts";
import { type DynamicValueMessage, providerService } from "../../src/rehearsal/protocol.ts";
import { decodeValue, encodeValue } from "../../src/rehearsal/wire-value.ts";
import { byCodePoint } from "../../src/text/compare.ts";

/** What a provider plans for a resource, and the paths that force a new one, without indexes; or why it plans nothing. */
export type RealPlan =
  | { readonly status: "ok"; readonly planned: Value; readonly replaces: readonly string[] }
  | { readonly status: "refused"; readonly messages: readonly string[] };

/** A provider's own program, asked without Terraform in between: nothing is validated, and nothing reached. */
export interface RealProvider {
  /** Of a resource that is not there yet, or of one that is there as `prior`. */
  readonly plan: (typeName: string, config: Value, proposed: Value, prior?: Value) => Promise<RealPlan>;
  readonly close: () => void;
}

const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/**
 * Starts the program of a provider of protocol 5 and configures it, where there are settings; values that are not given
 * are null. Some providers ask their cloud who they are when they are configured, and plan without that as well.
 */
export async function startRealProvider(
  program: string,
  schema: ProviderSchema,
  settings?: Readonly<Record<string, Value>>,
): Promise<RealProvider> {
  const child = spawn(program, [], {
    env: { ...process.env, TF_PLUGIN_MAGIC_COOKIE: COOKIE, PLUGIN_PROTOCOL_VERSIONS: "5" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [line] = (await new Promise((done, fail) => {
    createInterface({ input: child.stdout! }).once("line", (text) => done([text]));
    child.once("exit", () => fail(new Error(`${program} does not start`)));
  })) as [string];
  // `1|5|unix|/tmp/plugin123|grpc`
  const [, , network, address] = line.split("|");
  const client = new Client(
    network === "unix" ? `unix:${address!}` : address!,
    credentials.createInsecure(),
    {
      "grpc.max_receive_message_length": -1,
    },
  );
  const service = providerService();
  if (settings !== undefined) {
    const config = { ...emptyOf(schema.provider), ...settings };
    const configured = await call<Answer>(client, service, "ConfigureProvider", "Configure", {
      terraform_version: "1.11.0",
      config: { msgpack: encodeValue(impliedType(schema.provider), config) },
    });
    refuse(configured);
  }
  return {
    plan: async (typeName, config, proposed, prior = null) => {
      const type = typeOf(schema, typeName);
      const answer = await call<Answer>(client, service, "PlanResourceChange", "PlanResourceChange", {
        type_name: typeName,
        prior_state: { msgpack: encodeValue(type, prior) },
        proposed_new_state: { msgpack: encodeValue(type, proposed) },
        config: { msgpack: encodeValue(type, config) },
      });
      const messages = errorsOf(answer);
      if (messages.length > 0) return { status: "refused", messages };
      return {
        status: "ok",
        planned: decodeValue(type, answer.planned_state!.msgpack),
        replaces: [...new Set(answer.requires_replace.map(namesOf))].sort(byCodePoint),
      };
    },
    close: () => {
      client.close();
      child.kill();
    },
  };
}

interface Answer {
  readonly diagnostics: readonly {
    readonly severity: number;
    readonly summary: string;
    readonly detail: string;
  }[];
  readonly planned_state: DynamicValueMessage | null;
  readonly requires_replace: readonly { readonly steps: readonly { readonly attribute_name?: string }[] }[];
}

function namesOf({ steps }: Answer["requires_replace"][number]): string {
  return steps.flatMap(({ attribute_name: name }) => (name ? [name] : [])).join(".");
}

/** The messages that are used here have the same fields in protocol 5 and 6; only the calls have other names. */
function call<T>(
  client: Client,
  service: ServiceDefinition,
  name: string,
  path: string,
  request: object,
): Promise<T> {
  const { requestSerialize, responseDeserialize } = service[name]!;
  return new Promise((done, fail) => {
    client.makeUnaryRequest(
      `/tfplugin5.Provider/${path}`,
      requestSerialize as (value: object) => Buffer,
      responseDeserialize as (bytes: Buffer) => T,
      request,
      (error, answer) => (error ? fail(error) : done(answer!)),
    );
  });
}

function errorsOf({ diagnostics }: Answer): readonly string[] {
  return diagnostics
    .filter(({ severity }) => severity === 1)
    .map(({ summary, detail }) => `${summary}: ${detail}`);
}

function refuse(answer: Answer): void {
  const [message] = errorsOf(answer);
  if (message !== undefined) throw new Error(message);
}

function typeOf(schema: ProviderSchema, typeName: string): CtyType {
  return impliedType((schema.resources.get(typeName) as TypeSchema).block);
}

function emptyOf({ attributes, blocks }: BlockSchema): Record<string, Value> {
  return Object.fromEntries([
    ...[...attributes.keys()].map((name): [string, Value] => [name, null]),
    ...[...blocks].map(([name, { mode }]): [string, Value] => [
      name,
      mode === "list" || mode === "set" ? [] : null,
    ]),
  ]);
}
