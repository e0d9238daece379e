import type { Context } from "./context.ts";

/**
 * Ctrl-C once lets running Terraform finish its step and free its locks; a second one ends platc at once.
 * `dispose` gives the signals back.
 */
export function interruptSignal(context: Context): {
  readonly signal: AbortSignal;
  readonly dispose: () => void;
} {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(130);
    context.stderr.write(
      "\nplatc: finishing what is under way, so that no lock and no state is lost; once more ends at once\n",
    );
    controller.abort();
  };
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, onSignal);
  return {
    signal: controller.signal,
    dispose: () => {
      for (const name of ["SIGINT", "SIGTERM"] as const) process.off(name, onSignal);
    },
  };
}
