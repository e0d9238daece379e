/** Who answers at an endpoint. */
export interface EmulatorHealth {
  readonly product: "platc" | "moto" | "localstack";
  /** For people, such as `moto 5.2.1`. */
  readonly version: string;
  /** Of platc's own emulator alone. */
  readonly pid?: number;
}

interface Probe {
  readonly path: string;
  readonly read: (body: unknown) => EmulatorHealth | undefined;
}

const PLATC: Probe = {
  path: "/platc/health",
  read: (body) => {
    const { status, pid, versions } = asObject(body);
    if (status !== "ok" || typeof pid !== "number") return undefined;
    return { product: "platc", version: `moto ${text(asObject(versions)["moto"])}`, pid };
  },
};

const OTHERS: readonly Probe[] = [
  {
    path: "/_localstack/health",
    read: (body) => {
      const { services, version } = asObject(body);
      return services === undefined
        ? undefined
        : { product: "localstack", version: `LocalStack ${text(version)}` };
    },
  },
  {
    path: "/moto-api/data.json",
    read: (body) =>
      typeof body === "object" && body !== null ? { product: "moto", version: "moto" } : undefined,
  },
];

/** Asks platc's own emulator how it is; undefined where it does not answer as itself. */
export function askOwnEmulator(endpoint: string, timeoutMs = 5_000): Promise<EmulatorHealth | undefined> {
  return ask(endpoint, PLATC, timeoutMs);
}

/** Asks whatever emulator is there: platc's own, moto's server, LocalStack; undefined where it is none of them. */
export async function askAnyEmulator(
  endpoint: string,
  timeoutMs = 5_000,
): Promise<EmulatorHealth | undefined> {
  for (const probe of [PLATC, ...OTHERS]) {
    const health = await ask(endpoint, probe, timeoutMs);
    if (health) return health;
  }
  return undefined;
}

async function ask(endpoint: string, probe: Probe, timeoutMs: number): Promise<EmulatorHealth | undefined> {
  try {
    const response = await fetch(`${endpoint}${probe.path}`, { signal: AbortSignal.timeout(timeoutMs) });
    return response.ok ? probe.read(await response.json()) : undefined;
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "of unknown version";
}
