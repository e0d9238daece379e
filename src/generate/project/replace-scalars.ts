import { isScalar, parseDocument, stringify } from "yaml";

/** Another value for one place of a YAML file, by the keys on the way to it. */
export interface ScalarReplacement {
  readonly path: readonly string[];
  readonly value: string;
}

/** The text with other values in the places that it has; all else stays byte by byte, comments included. */
export function replaceScalars(text: string, replacements: readonly ScalarReplacement[]): string {
  const document = parseDocument(text, { logLevel: "silent" });
  const found = replacements.flatMap(({ path, value }) => {
    const node = document.getIn(path, true);
    return isScalar(node) && node.range ? [{ start: node.range[0], end: node.range[1], value }] : [];
  });
  return found
    .sort((left, right) => right.start - left.start)
    .reduce(
      (changed, { start, end, value }) =>
        changed.slice(0, start) + stringify(value).trimEnd() + changed.slice(end),
      text,
    );
}
