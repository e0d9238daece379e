import { join } from "node:path";

/** Where a project's emulator keeps its record, its log and, if need be, its Python. */
export interface EmulatorPlaces {
  readonly folder: string;
  readonly record: string;
  readonly lock: string;
  /** The line that it prints when it is ready. */
  readonly ready: string;
  readonly log: string;
  readonly venv: string;
  readonly pipLog: string;
}

export function emulatorPlaces(projectRoot: string): EmulatorPlaces {
  const folder = join(projectRoot, ".platc", "emulator");
  return {
    folder,
    record: join(folder, "running.json"),
    lock: join(folder, "running.lock"),
    ready: join(folder, "ready.json"),
    log: join(folder, "emulator.log"),
    venv: join(folder, "venv"),
    pipLog: join(folder, "pip.log"),
  };
}
