/** Where a stack is, as far as its address says it. */
interface Place {
  readonly environment: { readonly name: string };
  readonly customer: string | undefined;
  readonly each: { readonly key: string } | undefined;
}

/** The whole address of a stack, from what `address` says of it: environment, customer, `address`, key of `for_each`. */
export function addressOf({ environment, customer, each }: Place, written: string): string {
  return [environment.name, customer, written, each?.key].filter((part) => part !== undefined).join("/");
}
