import type { Plan } from "./plan.ts";

/** Addresses of `check` blocks that a plan found not to hold. */
export function failedAssertions({ checks }: Pick<Plan, "checks">): readonly string[] {
  return checks
    .filter(({ kind, status }) => kind === "check" && hasAssertionFailed(status))
    .map(({ address }) => address);
}

/** By the status of a check in a plan or a state: "error" where it could not be looked at. */
export function hasAssertionFailed(status: string): boolean {
  return status === "fail" || status === "error";
}
