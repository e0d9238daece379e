import { StringDecoder } from "node:string_decoder";

export interface LineReader {
  push(bytes: Buffer): void;
  /** Hands over what stands behind the last line end. */
  end(): void;
}

/** Cuts bytes that come in arbitrary pieces into lines; a character may be split over two of them. */
export function lineReader(onLine: (line: string) => void): LineReader {
  const decoder = new StringDecoder("utf8");
  let pieces: string[] = [];
  const take = (text: string): void => {
    const lines = text.split("\n");
    const rest = lines.pop()!;
    for (const line of lines) {
      onLine((pieces.join("") + line).replace(/\r$/, ""));
      pieces = [];
    }
    if (rest !== "") pieces.push(rest);
  };
  return {
    push: (bytes) => take(decoder.write(bytes)),
    end() {
      take(decoder.end());
      const last = pieces.join("");
      pieces = [];
      if (last !== "") onLine(last);
    },
  };
}
