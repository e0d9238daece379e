import { createServer, type Server as Listener, type Socket } from "node:net";
import {
  Server,
  ServerCredentials,
  type sendUnaryData,
  type ServerUnaryCall,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import {
  type CallHandler,
  connectProvider,
  failure,
  type ConnectionHandlers,
  type SharedRehearsal,
} from "./provider-connection.ts";
import { type ListenAddress, openListenPlaces, type ListenPlaces } from "./listen-places.ts";
import { providerService, type CallRequest } from "./protocol.ts";
import type { ServedProvider } from "./served-provider.ts";

/** Where the providers of a stack listen, by source as platc writes it. */
export type StackAddresses = Readonly<Record<string, ListenAddress>>;

/** The listeners of a rehearsal: for each stack at work an address of its own for each provider. */
export interface ProviderHost {
  readonly attach: (stack: string) => Promise<StackAddresses>;
  /** Takes no new connections for the stack; those that are open go on. */
  readonly detach: (stack: string) => void;
  readonly openConnections: () => number;
  /** Closes all, what is open too. */
  readonly close: () => void;
}

export interface HostRequest {
  readonly providers: readonly ServedProvider[];
  readonly shared: SharedRehearsal;
  /** After each connection that ended. */
  readonly onClosed: () => void;
  /** What platc did wrong, for the log. */
  readonly tellBug: (text: string) => void;
}

interface Attached {
  users: number;
  readonly listeners: readonly Listener[];
  readonly addresses: Promise<StackAddresses>;
}

const SERVER_OPTIONS = { "grpc.enable_channelz": 0, "grpc.max_receive_message_length": -1 };

/** Listens for the Terraforms of a rehearsal, and for nobody else of this machine where sockets lie in folders. */
export function openProviderHost(request: HostRequest): ProviderHost {
  const stacks = new Map<string, Attached>();
  const places = openListenPlaces();
  const connections = new Set<Socket>();
  const listen = (provider: ServedProvider, stack: string): Listener =>
    createServer({ noDelay: true }, (socket) => {
      connections.add(socket);
      socket.on("close", () => {
        connections.delete(socket);
        request.onClosed();
      });
      serveSocket(request, provider, stack, socket);
    });
  const attachAnew = (stack: string): Attached => {
    const listeners = request.providers.map((provider) => listen(provider, stack));
    const attached = { users: 0, listeners, addresses: addressesOf(places, request.providers, listeners) };
    stacks.set(stack, attached);
    return attached;
  };
  return {
    attach(stack) {
      const attached = stacks.get(stack) ?? attachAnew(stack);
      attached.users++;
      return attached.addresses;
    },
    detach(stack) {
      const attached = stacks.get(stack);
      if (attached === undefined || --attached.users > 0) return;
      stacks.delete(stack);
      for (const listener of attached.listeners) listener.close();
    },
    openConnections: () => connections.size,
    close() {
      for (const { listeners } of stacks.values()) for (const listener of listeners) listener.close();
      for (const socket of connections) socket.destroy();
      places.close();
    },
  };
}

async function addressesOf(
  places: ListenPlaces,
  providers: readonly ServedProvider[],
  listeners: readonly Listener[],
): Promise<StackAddresses> {
  const addresses = await Promise.all(listeners.map((listener) => places.listen(listener)));
  return Object.fromEntries(providers.map(({ source }, at) => [source, addresses[at]!]));
}

/**
 * A gRPC server for each connection: Terraform opens one for each configuration of a provider, and a shared server
 * would not tell them apart, since its peers have ports that others may have too, or no name at all.
 */
function serveSocket(request: HostRequest, provider: ServedProvider, stack: string, socket: Socket): void {
  const closed = new AbortController();
  const server = new Server(SERVER_OPTIONS);
  const handlers = connectProvider({
    provider,
    stack,
    shared: request.shared,
    crash: () => socket.destroy(),
    closed: closed.signal,
  });
  server.addService(providerService(), implementation(handlers, request.tellBug));
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  socket.on("error", () => socket.destroy());
  socket.on("close", () => {
    closed.abort();
    server.forceShutdown();
  });
  injector.injectConnection(socket);
}

function implementation(
  handlers: ConnectionHandlers,
  tellBug: (text: string) => void,
): UntypedServiceImplementation {
  const entries = Object.entries(handlers).map(([name, handler]) => [name, unary(name, handler, tellBug)]);
  return Object.fromEntries(entries) as UntypedServiceImplementation;
}

/** An error of ours is told to Terraform as a diagnostic, so that the run ends as runs do. */
function unary(name: string, handler: CallHandler, tellBug: (text: string) => void) {
  return async (call: ServerUnaryCall<CallRequest, object>, answer: sendUnaryData<object>): Promise<void> => {
    const { request } = call;
    try {
      answer(null, await handler(request));
    } catch (error) {
      const { message, stack } = error as Error;
      tellBug(`${name} of ${request.type_name ?? "the provider"}: ${stack ?? message}`);
      answer(null, { ...bugIn(name, message), ...keptState(request) });
    }
  };
}

function bugIn(name: string, message: string): object {
  const detail = `The rehearsed provider could not answer ${name}: ${message.replace(/\.$/, "")}. This is a bug in platc, please report it.`;
  return failure("The rehearsal went wrong", detail);
}

/** What was there before is there still. */
function keptState({ prior_state, current_state }: CallRequest): object {
  return { ...(prior_state && { new_state: prior_state }), ...(current_state && { state: current_state }) };
}
