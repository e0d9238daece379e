/** What a driver or server says; of several tries at once, all. */
export function driverMessage(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(driverMessage).join("; ");
  return error instanceof Error ? error.message : String(error);
}
