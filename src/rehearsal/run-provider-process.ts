import { join } from "node:path";
import { providerEngine } from "../provider/engine.ts";
import type { Value } from "../provider/value.ts";
import { withFileLock } from "../stores/file-lock.ts";
import { createFaultCounter } from "./fault.ts";
import type { HostMessage, HostQuestion, QuestionMessage, StartMessage } from "./host-message.ts";
import { openProviderHost, type ProviderHost } from "./provider-host.ts";
import { type CountKeeper, createCountKeeper } from "./rehearsal-counts.ts";
import { serveProvider, type ServedProvider } from "./served-provider.ts";
import { restoreValue } from "./stored-value.ts";
import { openWorldStore, type Restore, WORLD_LOCK } from "./world-store.ts";

/** A Terraform that lost its platc may be between two connections. */
const GRACE_MS = 5_000;

/**
 * Serves a rehearsal until platc says stop, or is gone, and no Terraform is connected any more. Signals of a terminal
 * are not for this process: Terraform hears them, and ends what it is doing.
 */
export async function runProviderProcess(): Promise<void> {
  process.on("SIGINT", () => undefined);
  process.on("SIGHUP", () => undefined);
  const start = await firstMessage();
  if (start === undefined) return;
  const waiting = new AbortController();
  const stopWaiting = (): void => waiting.abort();
  process.once("disconnect", stopWaiting);
  const serve = (): Promise<void> => {
    process.off("disconnect", stopWaiting);
    return serveUntilEnd(start);
  };
  try {
    const lock = join(start.worldFolder, WORLD_LOCK);
    await withFileLock(lock, serve, { isPatient: true, signal: waiting.signal });
  } catch (error) {
    tell({ kind: "refused", message: (error as Error).message });
  }
  if (process.connected) process.disconnect();
}

/** Undefined where platc has nothing to serve after all. */
function firstMessage(): Promise<StartMessage | undefined> {
  return new Promise((done) => {
    const gone = (): void => done(undefined);
    process.once("disconnect", gone);
    process.once("message", (message: StartMessage) => {
      process.off("disconnect", gone);
      done(message);
    });
  });
}

async function serveUntilEnd({ schemas, overlays, worldFolder, faults }: StartMessage): Promise<void> {
  const overlayOf = new Map(overlays.map((overlay) => [overlay.source, overlay]));
  const madeTypes = new Set(
    schemas.flatMap(({ source, resources }) =>
      [...resources.keys()]
        .filter((type) => overlayOf.get(source)?.dataSources.get(type)?.finds !== null)
        .map((type) => `${source}:${type}`),
    ),
  );
  const providers = schemas.map((schema) => serveProvider(schema, overlayOf.get(schema.source), madeTypes));
  const world = openWorldStore(worldFolder, restoreWith(providers));
  const counts = createCountKeeper();
  const end = createEnd(() => host.openConnections());
  const host = openProviderHost({
    providers,
    shared: { engine: providerEngine, world, counts, nextFault: createFaultCounter(faults) },
    onClosed: end.connectionClosed,
    tellBug: (text) => console.error(text),
  });
  process.once("SIGTERM", end.now);
  process.once("disconnect", end.orphaned);
  process.on("message", (message: QuestionMessage) => void answerQuestion(message, host, counts, end.stop));
  tell({ kind: "ready" });
  await end.reached;
  host.close();
  world.close();
}

/** When the process ends. */
function createEnd(openConnections: () => number) {
  let now!: () => void;
  const reached = new Promise<void>((done) => (now = done));
  let isOver = false;
  void reached.then(() => (isOver = true));
  let patience: number | undefined;
  const connectionClosed = (): void => {
    if (isOver || patience === undefined || openConnections() > 0) return;
    if (patience === 0) now();
    else setTimeout(() => openConnections() === 0 && now(), patience);
  };
  return {
    reached,
    now,
    connectionClosed,
    stop() {
      patience = 0;
      connectionClosed();
    },
    orphaned() {
      patience ??= GRACE_MS;
      connectionClosed();
    },
  };
}

async function answerQuestion(
  { number, question }: QuestionMessage,
  host: ProviderHost,
  counts: CountKeeper,
  stop: () => void,
): Promise<void> {
  try {
    tell({ kind: "answer", number, answer: await answerTo(question, host, counts, stop) });
  } catch (error) {
    tell({ kind: "failed", number, message: (error as Error).message });
  }
}

function answerTo(
  question: HostQuestion,
  host: ProviderHost,
  counts: CountKeeper,
  stop: () => void,
): unknown {
  switch (question.kind) {
    case "attach":
      return host.attach(question.stack);
    case "detach":
      return host.detach(question.stack);
    case "report":
      return counts.report();
    case "stop":
      return stop();
  }
}

/** Of a type that is not served in this run, only a data source of another type may ask: as it lies there. */
function restoreWith(providers: readonly ServedProvider[]): Restore {
  const bySource = new Map(providers.map((provider) => [provider.source, provider]));
  return (source, typeName, stored) => {
    const provider = bySource.get(source);
    const served = provider?.resources.get(typeName);
    if (provider === undefined || served === undefined) return stored as Value;
    const context = { ...served, settings: provider.settings };
    return restoreValue(served.type, stored) ?? providerEngine.upgrade(context, stored);
  };
}

/** platc may be gone by now; then nobody waits. */
function tell(message: HostMessage): void {
  if (process.connected) process.send!(message, () => undefined);
}
