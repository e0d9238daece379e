/** How platc ends. */
export const EXIT = {
  ok: 0,
  failed: 1,
  changes: 2,
  waiting: 3,
  usage: 64,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command with a sentence for people and a way to mend it; no stack trace. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly hint?: string,
    readonly exitCode: ExitCode = EXIT.failed,
  ) {
    super(message);
  }
}
