import { plainPaint } from "../text/paint.ts";
import { createEventLines, type LineOptions } from "./event-lines.ts";
import { createLiveArea, sizeOf, type TerminalStream } from "./live-area.ts";
import { renderProgress } from "./render-progress.ts";
import type { Reporter } from "./reporter.ts";
import { createRunningStacks } from "./running-stacks.ts";

export interface TerminalReportOptions extends Omit<LineOptions, "columns"> {
  readonly stream: TerminalStream;
  /** Milliseconds. */
  readonly now?: () => number;
}

export interface TerminalReporter extends Reporter {
  /** Takes the running stacks off the screen, for a question, until the function that it returns is called. */
  pause(): () => void;
}

const REDRAW_MILLISECONDS = 100;

/**
 * For people at a terminal: what is finished scrolls by above, what runs is shown below, drawn ten times a second.
 * While nothing runs it writes at once and the cursor is there. The cursor is given back even if the process ends
 * by an error and nobody calls `close`.
 */
export function terminalReport(options: TerminalReportOptions): TerminalReporter {
  const { paint = plainPaint, stream, now = Date.now } = options;
  const lines = createEventLines({ ...options, columns: () => sizeOf(stream).columns });
  const stacks = createRunningStacks();
  const area = createLiveArea(stream);
  let staying = "";
  let pauses = 0;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  const draw = (): void => {
    area.draw(staying, renderProgress(stacks.progress(), { paint, now: now(), ...sizeOf(stream) }));
    staying = "";
  };

  const clear = (): void => {
    clearInterval(timer);
    timer = undefined;
    area.draw(staying, []);
    staying = "";
  };

  const close = (): void => {
    if (isClosed) return;
    isClosed = true;
    process.removeListener("exit", close);
    clear();
  };

  process.once("exit", close);
  return {
    tell(told) {
      const event = lines.clean(told);
      stacks.take(event, now());
      staying += lines
        .linesFor(event)
        .map((line) => `${line}\n`)
        .join("");
      if (pauses > 0 && !isClosed) return;
      if (isClosed || stacks.progress().running.length === 0) clear();
      else timer ??= setInterval(draw, REDRAW_MILLISECONDS).unref();
    },
    close,
    pause() {
      clear();
      pauses++;
      let isPaused = true;
      return () => {
        if (!isPaused) return;
        isPaused = false;
        pauses--;
        if (pauses > 0 || isClosed) return;
        if (stacks.progress().running.length === 0) clear();
        else {
          draw();
          timer ??= setInterval(draw, REDRAW_MILLISECONDS).unref();
        }
      };
    },
  };
}
