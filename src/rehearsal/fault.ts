export type FaultOperation = "create" | "update" | "delete" | "read";

/** To fail, to take its time, or to end the connection as a provider that crashed does. */
export type FaultAction = "fail" | "crash" | { readonly slowMs: number };

/** Something that goes wrong on purpose: at the nth such operation, of one stack or type where they are named. */
export interface Fault {
  readonly operation: FaultOperation;
  readonly stack?: string;
  readonly type?: string;
  /** From 1. */
  readonly nth: number;
  readonly action: FaultAction;
}

export interface FaultSite {
  readonly operation: FaultOperation;
  readonly stack: string;
  readonly type: string;
}

/** Counts operations and tells what is to go wrong with each; where several faults meet, the first one does. */
export function createFaultCounter(faults: readonly Fault[]): (site: FaultSite) => FaultAction | undefined {
  const counted = faults.map((fault) => ({ fault, count: 0 }));
  return (site) => {
    const due = counted
      .filter(({ fault }) => isAt(fault, site))
      .filter((entry) => ++entry.count === entry.fault.nth);
    return due[0]?.fault.action;
  };
}

function isAt(fault: Fault, site: FaultSite): boolean {
  return (
    fault.operation === site.operation &&
    (fault.stack === undefined || fault.stack === site.stack) &&
    (fault.type === undefined || fault.type === site.type)
  );
}
