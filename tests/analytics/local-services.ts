import { type ChildProcess, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse } from "yaml";

interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly { readonly type: string; readonly source: string; readonly target: string }[];
  readonly healthcheck?: { readonly test: readonly string[]; readonly retries: number };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

/** One service of a compose file, as it runs without a container: its paths lie in a folder, its ports elsewhere. */
export interface LocalService {
  readonly image: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly after: readonly string[];
  /** Where a path of its container lies. */
  readonly path: (inContainer: string) => string;
  /** Runs its healthcheck until it passes; fails when it has failed as often as it may, or the program has ended. */
  readonly healthy: (program?: ChildProcess) => Promise<void>;
}

/**
 * Reads a compose file. `ports` says which port of this machine stands for one of a service, by `SERVICE:PORT`. The
 * services' names and ports are replaced where they stand in files, variables and commands; any other name of a host
 * stays, and leads nowhere.
 */
export function readLocalServices(
  file: string,
  folder: string,
  ports: ReadonlyMap<string, number>,
): ReadonlyMap<string, LocalService> {
  const { services } = parse(readFileSync(file, "utf8")) as { services: Record<string, ComposeService> };
  return new Map(
    Object.entries(services).map(([name, service]) => [
      name,
      localService(name, service, file, folder, ports),
    ]),
  );
}

function localService(
  name: string,
  service: ComposeService,
  file: string,
  folder: string,
  ports: ReadonlyMap<string, number>,
): LocalService {
  const root = join(folder, name);
  const path = (inContainer: string): string => join(root, inContainer);
  const translate = (text: string): string =>
    [...ports].reduce((all, [place, port]) => all.replaceAll(place, `127.0.0.1:${port}`), text);
  const here = (text: string): string =>
    text.startsWith("/") ? path(text) : translate(text.replaceAll("$$", "$"));
  for (const { type, source, target } of service.volumes ?? [])
    if (type === "bind") layDown(resolve(dirname(file), source), path(target), translate);
    else mkdirSync(path(target), { recursive: true });
  const environment = Object.fromEntries(
    Object.entries(service.environment ?? {}).map(([key, value]) => [key, here(value)]),
  );
  const server = environment["PGHOST"];
  const postgres =
    server === undefined ? {} : { PGHOST: "127.0.0.1", PGPORT: String(ports.get(`${server}:5432`)) };
  const own = [...ports].filter(([place]) => place.startsWith(`${name}:`));
  return {
    image: service.image,
    command: (service.command ?? []).map(here),
    environment: { ...environment, ...postgres },
    after: Object.keys(service.depends_on ?? {}),
    path,
    healthy: (program) => healthy(name, service, own, program),
  };
}

/** A file or folder with the names of services replaced. */
function layDown(source: string, target: string, translate: (text: string) => string): void {
  if (statSync(source).isDirectory()) {
    for (const name of readdirSync(source)) layDown(join(source, name), join(target, name), translate);
    return;
  }
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, translate(readFileSync(source, "utf8")));
}

/** Within its container a service reaches itself by the ports of the container. */
async function healthy(
  name: string,
  { healthcheck }: ComposeService,
  own: readonly (readonly [string, number])[],
  running: ChildProcess | undefined,
): Promise<void> {
  const [kind, program, ...written] = healthcheck?.test ?? [];
  if (kind !== "CMD" || program === undefined || healthcheck === undefined)
    throw new Error(`${name} has no healthcheck to run`);
  const [place = "", port = 0] = own[0] ?? [];
  const inside = place.split(":")[1] ?? "";
  const words = written.map((word) =>
    word
      .replaceAll(`127.0.0.1:${inside}`, `127.0.0.1:${port}`)
      .replaceAll(`127.0.0.1/${inside}`, `127.0.0.1/${port}`),
  );
  const env = { ...process.env, PGPORT: String(port), NO_PROXY: "127.0.0.1", no_proxy: "127.0.0.1" };
  // Cores of a machine that builds other things are slower than those of a developer: it may fail four times as often.
  for (let tries = 0; tries < healthcheck.retries * 4; tries++) {
    if (spawnSync(program, words, { env, stdio: "ignore", timeout: 30_000 }).status === 0) return;
    if (typeof running?.exitCode === "number") throw new Error(`${name} has ended with ${running.exitCode}`);
    await sleep(1_000);
  }
  throw new Error(`${name} is not healthy: ${[program, ...words].join(" ")}`);
}
