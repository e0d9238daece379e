import type { Reporter } from "./reporter.ts";

/**
 * Tells several reporters. One that throws is told nothing more and disturbs neither the run nor the others;
 * `close` closes all of them and only then throws what went wrong first.
 */
export function combineReporters(reporters: readonly Reporter[]): Reporter {
  const listening = new Set(reporters);
  const open = new Set(reporters);
  const errors: unknown[] = [];
  const attempt = (reporter: Reporter, act: () => void): void => {
    try {
      act();
    } catch (error) {
      errors.push(error);
      listening.delete(reporter);
    }
  };
  return {
    tell(event) {
      for (const reporter of listening) attempt(reporter, () => reporter.tell(event));
    },
    close() {
      for (const reporter of open) attempt(reporter, () => reporter.close());
      open.clear();
      const [first] = errors.splice(0);
      if (first !== undefined) throw first;
    },
  };
}
