import type { RunEvent } from "../run/run-event.ts";

export interface RunningResources {
  take(event: RunEvent): void;
  /** The resources that Terraform is at in a stack, the longest first. */
  of(address: string): readonly string[];
}

/** Knows what Terraform is working on, by the events of its log. */
export function createRunningResources(): RunningResources {
  const byStack = new Map<string, Set<string>>();
  return {
    take(event) {
      if (event.kind === "stack-started" || event.kind === "stack-finished") byStack.delete(event.address);
      if (event.kind !== "stack-progress") return;
      const resources = byStack.get(event.address) ?? new Set();
      byStack.set(event.address, resources);
      switch (event.event.kind) {
        case "apply_start":
        case "apply_progress":
        case "refresh_start":
          resources.add(event.event.resource.address);
          return;
        case "apply_complete":
        case "apply_errored":
        case "refresh_complete":
          resources.delete(event.event.resource.address);
      }
    },
    of: (address) => [...(byStack.get(address) ?? [])],
  };
}
