import type { StoreEnvironment } from "./object-store.ts";

/** A setting as text; undefined where it is absent, null or empty, which Terraform takes for the same. */
export function textIn(settings: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = settings[name];
  return value === undefined || value === null || value === "" ? undefined : String(value);
}

/** Reads settings of a backend: what the block says, else the first of the variables that is set. */
export function backendText(
  config: Readonly<Record<string, unknown>>,
  environment: StoreEnvironment,
): (name: string, ...variables: readonly string[]) => string | undefined {
  return (name, ...variables) =>
    textIn(config, name) ??
    variables.map((variable) => environment[variable]).find((value) => value !== undefined && value !== "");
}
