import type { ProcessIdentity } from "../stores/process-identity.ts";

/** Whom a rehearsal waits for, as a sentence: it says so once, then at intervals. */
export function waitingFor({ pid }: ProcessIdentity, seconds: number): string {
  const since = seconds < 1 ? "" : ` for ${Math.round(seconds)} s`;
  return `waiting${since} for another rehearsal of this platform to end (process ${pid})`;
}
