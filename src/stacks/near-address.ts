import { suggest } from "../diagnostics/suggest.ts";
import type { Platform } from "./platform-model.ts";

/** The address that somebody may have meant: of the stack of that name in that environment, else the one spelt alike. */
export function nearAddress({ stacks }: Platform, written: string): string | undefined {
  const [environment, ...rest] = written.split("/");
  const name = rest.at(-1);
  const named = stacks.filter((stack) => stack.environment.name === environment && stack.name === name);
  return named.length === 1
    ? named[0]?.address
    : suggest(
        written,
        stacks.map(({ address }) => address),
      );
}
