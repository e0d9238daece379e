import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process that can be recognised later, though its id may by then belong to another one. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Machine and, on Linux, process namespace: two containers may share a host name and a folder. */
  readonly host: string;
  /** When it was started, as the system counts; null where the system does not tell. */
  readonly born: string | null;
}

/** The identity of a process of this machine, by default of this one. */
export function identifyProcess(pid: number = process.pid): ProcessIdentity {
  return { pid, host: thisHost(), born: birthOf(pid) };
}

/** Whether a process still runs; "unknown" for one of another machine. */
export function processStatus(identity: ProcessIdentity): "alive" | "dead" | "unknown" {
  if (identity.host !== thisHost()) return "unknown";
  if (!acceptsSignals(identity.pid)) return "dead";
  const born = birthOf(identity.pid);
  return identity.born === null || born === null || born === identity.born ? "alive" : "dead";
}

let host: string | undefined;

function thisHost(): string {
  return (host ??= [hostname(), ...processNamespace()].join(" "));
}

function processNamespace(): readonly string[] {
  try {
    return [readlinkSync("/proc/self/ns/pid")];
  } catch {
    return [];
  }
}

function acceptsSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** A zombie has ended: it only waits for its parent to notice. */
function birthOf(pid: number): string | null {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? "ended" : (fields[19] ?? null);
  } catch {
    return null;
  }
}
