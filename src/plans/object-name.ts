import type { ResourceChange } from "./plan.ts";

/** How people are told of an object: one that a failed replacement left behind shares its address with another. */
export function objectName({ address, deposed }: Pick<ResourceChange, "address" | "deposed">): string {
  return deposed === undefined ? address : `${address} (deposed object ${deposed})`;
}
