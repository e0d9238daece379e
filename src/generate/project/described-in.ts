import { parseDocument } from "yaml";

/** What a spec says of itself. */
export function describedIn(text: string): string | undefined {
  const description = parseDocument(text, { logLevel: "silent" }).get("description");
  return typeof description === "string" ? description : undefined;
}
