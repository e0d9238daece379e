import { runProviderProcess } from "./run-provider-process.ts";

// The process that serves the providers of a rehearsal: platc starts it, and talks to it over node's own channel.
await runProviderProcess();
