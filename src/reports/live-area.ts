const HIDE_CURSOR = "\u001b[?25l";
const SHOW_CURSOR = "\u001b[?25h";
const CLEAR_LINE_END = "\u001b[K";
const CLEAR_BELOW = "\u001b[J";

/** A terminal, as far as a report needs to know it. */
export interface TerminalStream {
  write(text: string): unknown;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

/** The size of a terminal; one that does not know its own (a pseudo-terminal says 0) is taken for 80 by 24. */
export function sizeOf({ columns, rows }: TerminalStream): {
  readonly columns: number;
  readonly rows: number;
} {
  return { columns: columns || 80, rows: rows || 24 };
}

/** A line of the area: its text with styles, and the cells that it takes. */
export interface AreaLine {
  readonly text: string;
  readonly width: number;
}

export interface LiveArea {
  /** Writes text that stays, and draws the area anew below it; an area without lines gives the cursor back. */
  draw(staying: string, area: readonly AreaLine[]): void;
}

/** The bottom lines of a terminal, drawn over themselves with one write each time. */
export function createLiveArea(stream: TerminalStream): LiveArea {
  let drawn: readonly AreaLine[] = [];
  let isCursorHidden = false;

  // A terminal that was made narrower since has wrapped what was drawn.
  const rowsDrawn = (): number => {
    const { columns } = sizeOf(stream);
    return drawn.reduce((rows, { width }) => rows + Math.max(1, Math.ceil(width / columns)), 0);
  };

  return {
    draw(staying, area) {
      if (staying === "" && area.length === 0 && drawn.length === 0) return;
      const up = rowsDrawn();
      const back = up === 0 ? "" : `\u001b[${up}A\r`;
      // Without text that stays, lines are overwritten rather than cleared first: nothing flickers.
      const clear = staying === "" || up === 0 ? "" : CLEAR_BELOW;
      const lines = area.map(({ text }) => `${text}${CLEAR_LINE_END}\n`).join("");
      const end = up === 0 || clear !== "" ? "" : CLEAR_BELOW;
      const hides = area.length > 0;
      const cursor = hides === isCursorHidden ? "" : hides ? HIDE_CURSOR : SHOW_CURSOR;
      isCursorHidden = hides;
      drawn = area;
      stream.write(
        hides ? cursor + back + clear + staying + lines + end : back + clear + staying + end + cursor,
      );
    },
  };
}
