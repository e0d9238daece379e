/** A terminal that understands what the terminal report writes, and throws at anything else. */
export interface Screen {
  write(text: string): void;
  columns: number;
  rows: number;
  /** Everything on it and scrolled off it, without styles. */
  text(): string;
  isCursorShown(): boolean;
  writes(): number;
}

export function createScreen(columns: number, rows = 24): Screen {
  let lines: string[] = [""];
  let [row, column] = [0, 0];
  let isCursorShown = true;
  let writes = 0;

  const steer = (parameter: string, command: string): void => {
    if (command === "m") return;
    if (command === "h" || command === "l") isCursorShown = command === "h";
    else if (command === "A") row = Math.max(0, row - Number(parameter));
    else if (command === "K") lines[row] = lines[row]!.slice(0, column);
    else if (command === "J") lines = [...lines.slice(0, row), lines[row]!.slice(0, column)];
    else throw new Error(`unknown control ${parameter}${command}`);
  };

  const print = (character: string): void => {
    if (column >= screen.columns) {
      row++;
      column = 0;
    }
    while (lines.length <= row) lines.push("");
    const line = lines[row]!.padEnd(column);
    lines[row] = line.slice(0, column) + character + line.slice(column + 1);
    column++;
  };

  const screen: Screen = {
    columns,
    rows,
    write(text) {
      writes++;
      for (const [part, parameter, command] of text.matchAll(/\u001b\[(\??[\d;]*)([A-Za-z])|[^]/gu)) {
        if (command !== undefined) steer(parameter!, command);
        else if (part === "\r") column = 0;
        else if (part === "\n") {
          row++;
          column = 0;
          while (lines.length <= row) lines.push("");
        } else print(part);
      }
    },
    text: () => lines.map((line) => line.trimEnd()).join("\n"),
    isCursorShown: () => isCursorShown,
    writes: () => writes,
  };
  return screen;
}
