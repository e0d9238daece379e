import { createServer, type Socket } from "node:net";
import { Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from "@grpc/grpc-js";
import type { ProviderSchema } from "../provider/provider-schema.ts";
import { openListenPlaces } from "./listen-places.ts";
import { providerService } from "./protocol.ts";
import { reattachConfigs } from "./reattach-config.ts";
import { encodeSchemas } from "./wire-schema.ts";

/** Providers that say what their types are like and do nothing else: all that Terraform asks to write a plan as JSON. */
export interface SchemaService {
  /** The value of TF_REATTACH_PROVIDERS. */
  readonly reattach: string;
  readonly close: () => void;
}

/** Serves the schemas of providers from this process. */
export async function serveSchemas(schemas: readonly ProviderSchema[]): Promise<SchemaService> {
  const places = openListenPlaces();
  const sockets = new Set<Socket>();
  const listening = await Promise.all(
    schemas.map(async (schema) => {
      const server = serverOf(encodeSchemas(schema, undefined));
      const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
      const listener = createServer({ noDelay: true }, (socket) => {
        sockets.add(socket);
        socket.on("error", () => socket.destroy());
        socket.on("close", () => sockets.delete(socket));
        injector.injectConnection(socket);
      });
      const address = await places.listen(listener);
      // A run that has ended does not wait for it.
      listener.unref();
      const close = (): void => {
        listener.close();
        server.forceShutdown();
      };
      return { source: schema.source, address, close };
    }),
  );
  const addresses = Object.fromEntries(listening.map(({ source, address }) => [source, address]));
  return {
    reattach: JSON.stringify(reattachConfigs(process.pid, addresses)),
    close() {
      for (const { close } of listening) close();
      for (const socket of sockets) socket.destroy();
      places.close();
    },
  };
}

function serverOf(schemas: Buffer): Server {
  const server = new Server({ "grpc.enable_channelz": 0 });
  const answer =
    (given: object) =>
    (_call: ServerUnaryCall<object, object>, done: sendUnaryData<object>): void =>
      done(null, given);
  server.addService(providerService(), {
    GetProviderSchema: answer(schemas),
    StopProvider: answer({}),
  });
  return server;
}
