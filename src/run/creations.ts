import type { TerraformEvent } from "../terraform/events.ts";

/** A resource that an apply has made, or had begun to make: then its id is null. */
export interface Creation {
  /** The resource's address, with modules and keys. */
  readonly resource: string;
  readonly id: string | null;
}

/** What the events of an apply say was made or begun; what failed, Terraform has kept account of by itself. */
export function readCreations(events: readonly TerraformEvent[]): readonly Creation[] {
  const idByResource = new Map<string, string | null>();
  for (const event of events) {
    if (!("resource" in event) || !("action" in event) || event.action !== "create") continue;
    const { address } = event.resource;
    if (event.kind === "apply_start") idByResource.set(address, null);
    if (event.kind === "apply_complete") idByResource.set(address, event.identity?.value ?? null);
    if (event.kind === "apply_errored") idByResource.delete(address);
  }
  return [...idByResource].map(([resource, id]) => ({ resource, id }));
}
