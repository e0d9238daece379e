import { stripVTControlCharacters } from "node:util";
import type { TerraformDiagnostic } from "./events.ts";

/** The diagnostics in what Terraform writes to stderr for people: commands without `-json` have no other form. */
export function parseHumanDiagnostics(text: string): readonly TerraformDiagnostic[] {
  const found: { severity: "error" | "warning"; summary: string; lines: string[] }[] = [];
  for (const line of stripVTControlCharacters(text).split(/\r?\n/)) {
    const plain = line.replace(/^[╷│╵] ?/, "").trimEnd();
    // A summary begins with a capital; what a backend's own error says follows inside the detail as `Error: operation ...`.
    const head = /^(Error|Warning): ([^a-z].*)$/.exec(plain);
    if (head)
      found.push({ severity: head[1] === "Error" ? "error" : "warning", summary: head[2]!, lines: [] });
    else found.at(-1)?.lines.push(plain);
  }
  return found.map(({ severity, summary, lines }) => {
    const [, filename, line = "0"] = /^ {2}on (\S+) line (\d+)/m.exec(lines.join("\n")) ?? [];
    const point = { line: Number(line), column: 1 };
    return {
      severity,
      summary,
      detail: lines
        .filter((text) => !/^ {2}(on \S+ line \d+|with \S+,$| *\d+: )/.test(text))
        .join("\n")
        .trim(),
      ...(filename === undefined ? {} : { range: { filename, start: point, end: point } }),
    };
  });
}
