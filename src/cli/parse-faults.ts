import { suggest } from "../diagnostics/suggest.ts";
import type { Fault, FaultAction, FaultOperation } from "../rehearsal/fault.ts";
import { CommandError, EXIT } from "./exit-codes.ts";

/** The options that break a rehearsal on purpose. */
export interface FaultFlags {
  readonly fail?: readonly string[];
  readonly slow?: readonly string[];
  readonly crash?: readonly string[];
}

const OPERATIONS: readonly FaultOperation[] = ["create", "update", "delete", "read"];

/** The faults that the options ask for; each names a stack of the rehearsal, an operation and which one of them. */
export function parseFaults(flags: FaultFlags, addresses: readonly string[]): readonly Fault[] {
  return [
    ...(flags.fail ?? []).map((text) => parseFault("--fail", text, "fail", addresses)),
    ...(flags.crash ?? []).map((text) => parseFault("--crash", text, "crash", addresses)),
    ...(flags.slow ?? []).map((text) => {
      const [where = "", duration = "10s"] = text.split("=");
      return parseFault("--slow", where, { slowMs: milliseconds(text, duration) }, addresses);
    }),
  ];
}

function parseFault(option: string, text: string, action: FaultAction, addresses: readonly string[]): Fault {
  const [stack = "", ...parts] = text.split(":");
  if (!addresses.includes(stack)) {
    const near = nearAddress(addresses, stack);
    throw new CommandError(
      `${option} names '${stack}', which is no stack of this rehearsal`,
      `${near === undefined ? "" : `did you mean '${near}'? `}Write it as 'dev/acme/hive', 'dev/acme/hive:2' or 'dev/acme/hive:update:1', with an address that is selected.`,
      EXIT.usage,
    );
  }
  const operation = OPERATIONS.find((one) => one === parts[0]);
  const [number = "1", ...rest] = operation === undefined ? parts : parts.slice(1);
  const nth = Number(number);
  if (rest.length > 0 || !Number.isInteger(nth) || nth < 1)
    throw new CommandError(
      `${option} cannot read '${text}'`,
      `after the address comes an operation (${OPERATIONS.join(", ")}; create if left out), then which one, from 1`,
      EXIT.usage,
    );
  return { operation: operation ?? "create", stack, nth, action };
}

/** The stack of that name in that environment, else the one spelt alike. */
function nearAddress(addresses: readonly string[], written: string): string | undefined {
  const ends = (address: string): string => `${address.split("/")[0]}/${address.split("/").at(-1)}`;
  const named = addresses.filter((address) => ends(address) === ends(written));
  return named.length === 1 ? named[0] : suggest(written, addresses);
}

function milliseconds(text: string, duration: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(duration) ?? [];
  if (number === undefined)
    throw new CommandError(
      `--slow cannot read '${text}'`,
      "write how long at its end: 'dev/acme/hive:1=500ms', '=10s' or '=2m'",
      EXIT.usage,
    );
  return Number(number) * { ms: 1, s: 1_000, m: 60_000 }[unit as "ms" | "s" | "m"];
}
