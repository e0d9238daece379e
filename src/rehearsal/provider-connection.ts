import type {
  ApplyAnswer,
  ProviderEngine,
  ProviderProblem,
  TypeContext,
  World,
} from "../provider/provider-engine.ts";
import { worldWithGiven } from "../provider/world-with-given.ts";
import type { CtyType } from "../provider/provider-schema.ts";
import type { Value } from "../provider/value.ts";
import type { FaultAction, FaultSite } from "./fault.ts";
import { parseStateJson } from "./parse-state-json.ts";
import type { CallRequest, DynamicValueMessage } from "./protocol.ts";
import type { CountKeeper } from "./rehearsal-counts.ts";
import type { ServedProvider, ServedType } from "./served-provider.ts";
import { encodePath } from "./wire-path.ts";
import { decodeValue, encodeValue } from "./wire-value.ts";
import type { WorldStore } from "./world-store.ts";

/** What the connections of all stacks share. */
export interface SharedRehearsal {
  readonly engine: ProviderEngine;
  readonly world: WorldStore;
  readonly counts: CountKeeper;
  readonly nextFault: (site: FaultSite) => FaultAction | undefined;
}

export interface ConnectionRequest {
  readonly provider: ServedProvider;
  readonly stack: string;
  readonly shared: SharedRehearsal;
  /** Ends the connection without an answer. */
  readonly crash: () => void;
  /** When Terraform is gone. */
  readonly closed: AbortSignal;
}

export type CallHandler = (request: CallRequest) => object | Promise<object>;

/** The calls of the provider protocol by name, for one connection: that is one configuration of a provider. */
export type ConnectionHandlers = Readonly<Record<string, CallHandler>>;

/** Serves one connection of a Terraform to a provider. */
export function connectProvider(request: ConnectionRequest): ConnectionHandlers {
  const { provider, stack, shared, crash, closed } = request;
  const { engine, world, counts } = shared;
  const stopped = new AbortController();
  const ended = AbortSignal.any([stopped.signal, closed]);
  let settings: Readonly<Record<string, Value>> = provider.settings;
  const environment = stack.split("/", 1)[0]!;

  const contextOf = (served: ServedType): TypeContext => {
    counts.use(served.typeName, served.overlay !== undefined);
    return { ...served, settings, environment };
  };
  const worldOf = (served: ServedType): World => worldWithGiven({ ...served, settings, environment }, world);
  const validate = (types: ReadonlyMap<string, ServedType>, { type_name, config }: CallRequest): object => {
    const served = servedType(types, type_name);
    const problems = engine.validate({ ...served, settings }, valueOf(served.type, config));
    return { diagnostics: diagnostics(served.type, problems) };
  };
  const strike = async (operation: FaultSite["operation"], type: string): Promise<object | undefined> => {
    const fault = shared.nextFault({ operation, stack, type });
    if (fault === undefined) return undefined;
    counts.strike();
    if (fault === "fail") return failure(`The ${operation} of this ${type} fails on purpose`, FAULT_DETAIL);
    if (fault === "crash") {
      crash();
      return failure("The provider crashes on purpose", FAULT_DETAIL);
    }
    const isOver = await sleepUnless(ended, fault.slowMs);
    return isOver ? undefined : failure(`The ${operation} of this ${type} was stopped`, STOPPED_DETAIL);
  };

  return {
    GetProviderSchema: () => provider.schemas,
    ValidateProviderConfig: () => ({}),
    ConfigureProvider({ config }) {
      const configured = valueOf(provider.configType, config) as Readonly<Record<string, Value>> | null;
      settings = { ...provider.settings, ...configured };
      return {};
    },
    ValidateResourceConfig: (call) => validate(provider.resources, call),
    ValidateDataResourceConfig: (call) => validate(provider.dataSources, call),
    ValidateEphemeralResourceConfig: (call) => validate(provider.ephemerals, call),

    UpgradeResourceState({ type_name, raw_state }) {
      const served = servedType(provider.resources, type_name);
      const state = parseStateJson(Buffer.from(raw_state?.json ?? "null").toString("utf8"));
      return { state: message(served.type, engine.upgrade({ ...served, settings }, state)) };
    },

    async ReadResource({ type_name, current_state }) {
      const served = servedType(provider.resources, type_name);
      const { type } = served;
      const fault = await strike("read", type_name);
      if (fault !== undefined) return { ...fault, state: current_state };
      const read = engine.read(contextOf(served), valueOf(type, current_state), worldOf(served));
      if (read.adoptedId !== undefined) {
        const key = keyOf(served, read.adoptedId);
        if (world.isDeleted(key)) return { state: message(type, null) };
        world.put(key, read.state);
      }
      return { state: message(type, read.state), diagnostics: diagnostics(type, read.problems) };
    },

    PlanResourceChange({ type_name, prior_state, proposed_new_state, config }) {
      const served = servedType(provider.resources, type_name);
      const { type } = served;
      const { planned, requiresReplace, problems } = engine.plan(contextOf(served), {
        prior: valueOf(type, prior_state),
        proposed: valueOf(type, proposed_new_state),
        config: valueOf(type, config),
      });
      return {
        planned_state: message(type, planned),
        requires_replace: requiresReplace.map((path) => encodePath(type, path)),
        diagnostics: diagnostics(type, problems),
      };
    },

    async ApplyResourceChange(call) {
      const served = servedType(provider.resources, call.type_name);
      const { type } = served;
      const prior = valueOf(type, call.prior_state);
      const planned = valueOf(type, call.planned_state);
      const operation = prior === null ? "create" : planned === null ? "delete" : "update";
      const fault = await strike(operation, served.typeName);
      if (fault !== undefined) return { ...fault, new_state: call.prior_state };
      const config = valueOf(type, call.config);
      counts.consume(config);
      const answer = engine.apply(contextOf(served), { prior, planned, config }, worldOf(served));
      counts.assume(answer.assumed ?? []);
      keep(shared, served, { operation, planned, ...answer });
      return { new_state: message(type, answer.state), diagnostics: diagnostics(type, answer.problems) };
    },

    ImportResourceState({ type_name, id }) {
      const served = servedType(provider.resources, type_name);
      const { state, problems } = engine.importById(contextOf(served), id, worldOf(served));
      return {
        imported_resources: state === null ? [] : [{ type_name, state: message(served.type, state) }],
        diagnostics: diagnostics(served.type, problems),
      };
    },

    async ReadDataSource({ type_name, config }) {
      const served = servedType(provider.dataSources, type_name);
      const { type } = served;
      const fault = await strike("read", type_name);
      if (fault !== undefined) return fault;
      const known = valueOf(type, config);
      counts.consume(known);
      const { state, problems } = engine.readData(contextOf(served), known, worldOf(served));
      return { state: message(type, state), diagnostics: diagnostics(type, problems) };
    },

    OpenEphemeralResource({ type_name, config }) {
      const served = servedType(provider.ephemerals, type_name);
      const { type } = served;
      const { state, problems } = engine.openEphemeral(contextOf(served), valueOf(type, config));
      return { result: message(type, state), diagnostics: diagnostics(type, problems) };
    },
    RenewEphemeralResource: () => ({}),
    CloseEphemeralResource: () => ({}),

    CallFunction({ name, arguments: given }) {
      const called = provider.functions.get(name);
      if (called === undefined) return { error: { text: `the function '${name}' is not served` } };
      const values = called.parameters.map(({ type }, at) => String(valueOf(type, given[at])));
      const answer = called.call(...values);
      if (answer.status === "ok") return { result: message(called.returns, answer.value) };
      return { error: { text: answer.message, function_argument: answer.argument } };
    },

    StopProvider() {
      stopped.abort();
      return {};
    },
  };
}

const ERROR = 1;
const WARNING = 2;
const FAULT_DETAIL = "This rehearsal was told to let it happen. Nothing was done; apply again to go on.";
const STOPPED_DETAIL =
  "Terraform was interrupted while the rehearsal took its time on purpose. Nothing was done.";

/** The world after an apply: what was made stays made, whatever problem came with it. */
function keep(
  { world, counts }: SharedRehearsal,
  served: ServedType,
  done: {
    readonly operation: "create" | "update" | "delete";
    readonly planned: Value;
    readonly state: Value;
    readonly id: string | undefined;
    readonly problems: readonly ProviderProblem[];
    readonly taken?: NonNullable<ApplyAnswer["taken"]>;
  },
): void {
  if (done.id === undefined) return;
  const hasFailed = done.problems.some(({ severity }) => severity === "error");
  if (done.state !== null) {
    world.put(keyOf(served, done.id), done.state);
    if (hasFailed) return;
    counts.count(served.typeName, done.operation === "create" ? "made" : "changed");
    counts.handOut(done.planned, done.state);
  } else if (done.operation === "delete" && !hasFailed) {
    world.remove(keyOf(served, done.id));
    for (const { typeName, id } of done.taken ?? []) world.remove({ source: served.source, typeName, id });
    counts.count(served.typeName, "destroyed");
  }
}

function keyOf({ source, typeName }: ServedType, id: string) {
  return { source, typeName, id };
}

function servedType(types: ReadonlyMap<string, ServedType>, name: string): ServedType {
  const served = types.get(name);
  if (served === undefined) throw new Error(`The type '${name}' is not served`);
  return served;
}

function valueOf(type: CtyType, sent: DynamicValueMessage | null | undefined): Value {
  return sent && sent.msgpack.length > 0 ? decodeValue(type, sent.msgpack) : null;
}

function message(type: CtyType, value: Value): DynamicValueMessage {
  return { msgpack: encodeValue(type, value) };
}

function diagnostics(type: CtyType, problems: readonly ProviderProblem[]): readonly object[] {
  return problems.map(({ severity, summary, detail, path }) => ({
    severity: severity === "error" ? ERROR : WARNING,
    summary,
    detail,
    ...(path.length > 0 && { attribute: encodePath(type, path) }),
  }));
}

/** An answer that is an error and nothing else. */
export function failure(summary: string, detail: string): { readonly diagnostics: readonly object[] } {
  return { diagnostics: [{ severity: ERROR, summary, detail }] };
}

/** Whether the time passed before the signal came. */
function sleepUnless(signal: AbortSignal, milliseconds: number): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((done) => {
    const timer = setTimeout(() => finish(true), milliseconds);
    const stop = (): void => finish(false);
    const finish = (isOver: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      done(isOver);
    };
    signal.addEventListener("abort", stop);
  });
}
