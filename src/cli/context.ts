/** What a command knows of the world around it. */
export interface Context {
  readonly environment: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  readonly now: () => Date;
}

/** Whether colours may be used on a stream. */
export function hasColour(context: Context, stream: NodeJS.WriteStream): boolean {
  if (context.environment["NO_COLOR"]) return false;
  if (context.environment["FORCE_COLOR"]) return true;
  return stream.isTTY === true && context.environment["TERM"] !== "dumb";
}
