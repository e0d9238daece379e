import type { BackendConfig } from "../stores/object-store.ts";
import { identityShape } from "./identity-shape.ts";
import { formatShape } from "./entry.ts";
import type { RunEvent } from "./run-event.ts";
import {
  type Shape,
  anything,
  listOf,
  literally,
  numeric,
  objectOf,
  optional,
  orNull,
  recordOf,
  text,
} from "./shape.ts";

type Shapes = { readonly [Kind in RunEvent["kind"]]: Shape<Extract<RunEvent, { kind: Kind }>> };

/** What every kind of event in a journal must hold. */
export const RUN_EVENT_SHAPES: Shapes = {
  "run-started": objectOf({
    kind: literally("run-started"),
    at: text,
    format: formatShape,
    runId: text,
    platform: text,
    command: text,
    target: text,
    addresses: optional(listOf(text)),
    owner: identityShape,
  }),
  "process-starting": objectOf({
    kind: literally("process-starting"),
    at: text,
    process: text,
    address: text,
    operation: text,
    logFolder: text,
    folder: text,
    stateKey: text,
    backend: objectOf<BackendConfig>({ type: text, config: recordOf(anything) }),
  }),
  "process-started": objectOf({
    kind: literally("process-started"),
    at: text,
    process: text,
    identity: identityShape,
  }),
  "lock-seen": objectOf({ kind: literally("lock-seen"), at: text, process: text, lockId: text }),
  "process-ended": objectOf({
    kind: literally("process-ended"),
    at: text,
    process: text,
    exitCode: orNull(numeric),
    signal: orNull(text),
  }),
  "run-ended": objectOf({
    kind: literally("run-ended"),
    at: text,
    outcome: literally("succeeded", "failed", "waiting", "interrupted", "recovered"),
  }),
};
