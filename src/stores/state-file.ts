import { type Json, parseJson } from "../plans/json.ts";
import { elementsOf, memberOf, membersOf, textOf as stringOf } from "../plans/read-json.ts";
import { type ObjectStore, textOf } from "./object-store.ts";
import { hasAssertionFailed } from "../plans/failed-assertions.ts";
import { StoreError } from "./store-error.ts";

/** An output as the state holds it; `type` is Terraform's own notation, such as `["list", "string"]`. */
export interface StateOutput {
  readonly value: Json;
  readonly type: Json;
  readonly sensitive: boolean;
}

/** A resource or data source of a state, without its attributes. */
export interface StateResource {
  /** Without the key of an instance: `module.raw.aws_s3_bucket.this`, `data.aws_ami.ubuntu`. */
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  readonly instances: number;
}

/** What platc reads of a Terraform state. */
export interface StateFile {
  readonly lineage: string;
  readonly serial: number;
  readonly terraformVersion: string;
  readonly outputs: ReadonlyMap<string, StateOutput>;
  readonly resources: readonly StateResource[];
  /** Instances of data sources, which only a refresh reads anew; those of upstream states are watched otherwise. */
  readonly dataSources: number;
  /** Addresses of `check` blocks that did not hold after the apply which wrote it. */
  readonly failedAssertions: readonly string[];
  /** Of the object in the store. */
  readonly version: string;
}

const ENCRYPTED =
  "OpenTofu has encrypted it. OpenTofu writes it in the clear when its encryption names no method but 'unencrypted', and the one so far as 'fallback'";

/** Reads a state by its object key; undefined where there is none. Throws StoreError where it cannot be understood. */
export async function readState(
  store: Pick<ObjectStore, "location" | "read">,
  key: string,
): Promise<StateFile | undefined> {
  const object = await store.read(key);
  if (object === undefined || object.bytes.length === 0) return undefined;
  const fail = (why: string, cause?: unknown) =>
    new StoreError(store.location, `'${key}' is no Terraform state that platc can read: ${why}`, { cause });
  let json: Json;
  try {
    json = parseJson(textOf(object));
  } catch (error) {
    throw fail(`it is not well-formed JSON (${(error as Error).message})`, error);
  }
  if (memberOf(json, "encrypted_data") !== undefined) throw fail(ENCRYPTED);
  const format = countOf(memberOf(json, "version"));
  if (format !== 4) throw fail(`its format is ${format ?? "not named"}, not 4`);
  const lineage = stringOf(memberOf(json, "lineage"));
  const serial = countOf(memberOf(json, "serial"));
  if (lineage === undefined || serial === undefined) throw fail("it names no lineage and serial");
  return { lineage, serial, ...contentsOf(json), version: object.version };
}

function contentsOf(json: Json) {
  const resources = elementsOf(memberOf(json, "resources")).map(resourceOf);
  const ofData = resources.filter(
    (resource) => resource.mode === "data" && resource.type !== "terraform_remote_state",
  );
  const outputs = [...membersOf(memberOf(json, "outputs"))].map(
    ([name, output]) => [name, outputOf(output)] as const,
  );
  return {
    terraformVersion: stringOf(memberOf(json, "terraform_version")) ?? "",
    outputs: new Map(outputs),
    resources,
    dataSources: ofData.reduce((sum, resource) => sum + resource.instances, 0),
    failedAssertions: elementsOf(memberOf(json, "check_results"))
      .filter((check) => stringOf(memberOf(check, "object_kind")) === "check")
      .filter((check) => hasAssertionFailed(stringOf(memberOf(check, "status")) ?? ""))
      .flatMap((check) => stringOf(memberOf(check, "config_addr")) ?? []),
  };
}

function outputOf(json: Json): StateOutput {
  return {
    value: memberOf(json, "value") ?? null,
    type: memberOf(json, "type") ?? "dynamic",
    sensitive: memberOf(json, "sensitive") === true,
  };
}

function resourceOf(json: Json): StateResource {
  const text = (member: string) => stringOf(memberOf(json, member)) ?? "";
  const mode = text("mode") === "data" ? "data" : "managed";
  const local = `${mode === "data" ? "data." : ""}${text("type")}.${text("name")}`;
  return {
    address: [text("module"), local].filter(Boolean).join("."),
    mode,
    type: text("type"),
    name: text("name"),
    provider: text("provider"),
    instances: elementsOf(memberOf(json, "instances")).length,
  };
}

function countOf(json: Json | undefined): number | undefined {
  if (typeof json !== "object" || json === null || !("digits" in json)) return undefined;
  const count = Number(json.digits);
  return Number.isSafeInteger(count) ? count : undefined;
}
