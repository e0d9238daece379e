import type { Refusal } from "./given-endpoint.ts";

/** Empties an emulator: it forgets everything that was made in it, states included. */
export async function resetEmulator(endpoint: string): Promise<{ readonly status: "ok" } | Refusal> {
  for (const path of ["/moto-api/reset", "/_localstack/state/reset"]) {
    const failure = await post(`${endpoint}${path}`);
    if (failure === undefined) return { status: "ok" };
    if (failure !== "404") return refuse(endpoint, failure);
  }
  return refuse(endpoint, "it has no way to");
}

/** Undefined where it went well. */
async function post(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { method: "POST", signal: AbortSignal.timeout(30_000) });
    if (response.ok) return undefined;
    return response.status === 404 ? "404" : `it answered ${response.status}`;
  } catch (error) {
    return (error as Error).message;
  }
}

function refuse(endpoint: string, why: string): Refusal {
  return {
    status: "failed",
    message: `The emulator at ${endpoint} could not be reset: ${why}`,
    hint: "Stop it and start it anew: that empties it too.",
  };
}
