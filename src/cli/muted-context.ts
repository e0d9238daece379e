import { Writable } from "node:stream";
import type { Context } from "./context.ts";

/** The same context for a command of which nobody is to read anything, and that asks nobody. */
export function mutedContext(context: Context): Context {
  const nowhere = (): NodeJS.WriteStream =>
    new Writable({ write: (_chunk, _encoding, done) => done() }) as unknown as NodeJS.WriteStream;
  return { ...context, stdout: nowhere(), stderr: nowhere() };
}
