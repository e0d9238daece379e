import { fromJSON, type PackageDefinition, type ServiceDefinition } from "@grpc/proto-loader";

/**
 * The part of Terraform's provider protocol 6 that a rehearsed provider serves: of each message the fields that are
 * read or written here, with their types and numbers. What Terraform sends besides is skipped.
 */
const MESSAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  DynamicValue: { msgpack: "bytes 1", json: "bytes 2" },
  RawState: { json: "bytes 1" },
  PathStep: { attribute_name: "string 1", element_key_string: "string 2", element_key_int: "int64 3" },
  AttributePath: { steps: "repeated PathStep 1" },
  Diagnostic: { severity: "int32 1", summary: "string 2", detail: "string 3", attribute: "AttributePath 4" },
  Capabilities: { plan_destroy: "bool 1", get_provider_schema_optional: "bool 2" },
  Object: { attributes: "repeated Attribute 1", nesting: "int32 3" },
  Attribute: {
    name: "string 1",
    type: "bytes 2",
    required: "bool 4",
    optional: "bool 5",
    computed: "bool 6",
    sensitive: "bool 7",
    nested_type: "Object 10",
    write_only: "bool 11",
  },
  NestedBlock: {
    type_name: "string 1",
    block: "Block 2",
    nesting: "int32 3",
    min_items: "int64 4",
    max_items: "int64 5",
  },
  Block: { version: "int64 1", attributes: "repeated Attribute 2", block_types: "repeated NestedBlock 3" },
  Schema: { version: "int64 1", block: "Block 2" },
  Nothing: {},
  Problems: { diagnostics: "repeated Diagnostic 1" },
  Parameter: { name: "string 1", type: "bytes 2" },
  Return: { type: "bytes 1" },
  Function: { parameters: "repeated Parameter 1", return: "Return 3" },

  ProviderSchemas: {
    provider: "Schema 1",
    resource_schemas: "map Schema 2",
    data_source_schemas: "map Schema 3",
    diagnostics: "repeated Diagnostic 4",
    server_capabilities: "Capabilities 6",
    functions: "map Function 7",
    ephemeral_resource_schemas: "map Schema 8",
  },
  ProviderConfig: { config: "DynamicValue 1" },
  ProviderConfigAnswer: { diagnostics: "repeated Diagnostic 2" },
  ConfigureRequest: { terraform_version: "string 1", config: "DynamicValue 2" },
  TypeConfig: { type_name: "string 1", config: "DynamicValue 2" },
  UpgradeRequest: { type_name: "string 1", version: "int64 2", raw_state: "RawState 3" },
  StateAnswer: { state: "DynamicValue 1", diagnostics: "repeated Diagnostic 2" },
  ReadRequest: { type_name: "string 1", current_state: "DynamicValue 2" },
  PlanRequest: {
    type_name: "string 1",
    prior_state: "DynamicValue 2",
    proposed_new_state: "DynamicValue 3",
    config: "DynamicValue 4",
  },
  PlanAnswer: {
    planned_state: "DynamicValue 1",
    requires_replace: "repeated AttributePath 2",
    diagnostics: "repeated Diagnostic 4",
  },
  ApplyRequest: {
    type_name: "string 1",
    prior_state: "DynamicValue 2",
    planned_state: "DynamicValue 3",
    config: "DynamicValue 4",
  },
  ApplyAnswer: { new_state: "DynamicValue 1", diagnostics: "repeated Diagnostic 3" },
  ImportRequest: { type_name: "string 1", id: "string 2" },
  Imported: { type_name: "string 1", state: "DynamicValue 2" },
  ImportAnswer: { imported_resources: "repeated Imported 1", diagnostics: "repeated Diagnostic 2" },
  OpenAnswer: { diagnostics: "repeated Diagnostic 1", result: "DynamicValue 3" },
  CallRequest: { name: "string 1", arguments: "repeated DynamicValue 2" },
  CallError: { text: "string 1", function_argument: "int64 2" },
  CallAnswer: { result: "DynamicValue 1", error: "CallError 2" },
  StopAnswer: { Error: "string 1" },
};

const CALLS: Readonly<Record<string, readonly [request: string, answer: string]>> = {
  GetProviderSchema: ["Nothing", "ProviderSchemas"],
  ValidateProviderConfig: ["ProviderConfig", "ProviderConfigAnswer"],
  ConfigureProvider: ["ConfigureRequest", "Problems"],
  ValidateResourceConfig: ["TypeConfig", "Problems"],
  ValidateDataResourceConfig: ["TypeConfig", "Problems"],
  ValidateEphemeralResourceConfig: ["TypeConfig", "Problems"],
  UpgradeResourceState: ["UpgradeRequest", "StateAnswer"],
  ReadResource: ["ReadRequest", "StateAnswer"],
  PlanResourceChange: ["PlanRequest", "PlanAnswer"],
  ApplyResourceChange: ["ApplyRequest", "ApplyAnswer"],
  ImportResourceState: ["ImportRequest", "ImportAnswer"],
  ReadDataSource: ["TypeConfig", "StateAnswer"],
  OpenEphemeralResource: ["TypeConfig", "OpenAnswer"],
  RenewEphemeralResource: ["Nothing", "Problems"],
  CloseEphemeralResource: ["Nothing", "Problems"],
  CallFunction: ["CallRequest", "CallAnswer"],
  StopProvider: ["Nothing", "StopAnswer"],
};

/** A value as it is on the wire: MessagePack, or JSON from old states; neither is no value. */
export interface DynamicValueMessage {
  readonly msgpack: Uint8Array;
  readonly json?: Uint8Array;
}

/** What Terraform sends with a call; each call fills some of these. */
export interface CallRequest {
  readonly type_name: string;
  readonly id: string;
  readonly config: DynamicValueMessage | null;
  readonly raw_state: { readonly json: Uint8Array } | null;
  readonly current_state: DynamicValueMessage | null;
  readonly prior_state: DynamicValueMessage | null;
  readonly proposed_new_state: DynamicValueMessage | null;
  readonly planned_state: DynamicValueMessage | null;
  /** Of a function. */
  readonly name: string;
  readonly arguments: readonly DynamicValueMessage[];
}

/** The service `tfplugin6.Provider` for a gRPC server; the schema is answered with bytes that are ready. */
export function providerService(): ServiceDefinition {
  const service = loadedPackage()["tfplugin6.Provider"] as ServiceDefinition;
  const schemaCall = service["GetProviderSchema"]!;
  return {
    ...service,
    GetProviderSchema: { ...schemaCall, responseSerialize: (bytes: object) => bytes as Buffer },
  };
}

/** The bytes of the answer to GetProviderSchema. */
export function serializeSchemas(answer: object): Buffer {
  const service = loadedPackage()["tfplugin6.Provider"] as ServiceDefinition;
  return service["GetProviderSchema"]!.responseSerialize(answer);
}

let loaded: PackageDefinition | undefined;

function loadedPackage(): PackageDefinition {
  return (loaded ??= packageDefinition());
}

function packageDefinition(): PackageDefinition {
  const methods = mapValues(CALLS, ([requestType, responseType]) => ({ requestType, responseType }));
  const nested = { ...mapValues(MESSAGES, messageOf), Provider: { methods } };
  // The type of the descriptor asks for comments that its reader does without.
  const descriptor = { nested: { tfplugin6: { nested } } } as Parameters<typeof fromJSON>[0];
  return fromJSON(descriptor, { keepCase: true, longs: Number, defaults: true });
}

function messageOf(fields: Readonly<Record<string, string>>) {
  return { fields: mapValues(fields, fieldOf) };
}

/** `string 1`, `repeated Block 2`, `map Schema 3`. */
function fieldOf(text: string) {
  const words = text.split(" ");
  const id = Number(words.at(-1));
  const type = words.at(-2)!;
  if (words[0] === "map") return { keyType: "string", type, id };
  return words[0] === "repeated" ? { rule: "repeated", type, id } : { type, id };
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
