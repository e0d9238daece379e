import type { XmlElement } from "../../../src/reports/xml.ts";

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** Reads back what the JUnit report writes, and throws at everything that XML 1.0 does not permit. */
export function parseXml(text: string): XmlElement {
  if (/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text)) throw new Error("character");
  const tokens = text
    .replace(/^<\?xml [^<>]*\?>\n/, "")
    .trim()
    .matchAll(/<\/([\w-]+)>|<([\w-]+)((?: [\w-]+="[^"<\n\t]*")*)(\/?)>|([^<]+)/gy);
  const stack: { name: string; attributes: Record<string, string>; children: (XmlElement | string)[] }[] = [
    { name: "", attributes: {}, children: [] },
  ];
  let length = 0;
  for (const [whole, end, start, attributes, isEmpty, content] of tokens) {
    length += whole.length;
    if (content !== undefined) {
      if (content.trim() !== "") stack.at(-1)!.children.push(unescape(content));
    } else if (end !== undefined) {
      if (stack.pop()!.name !== end) throw new Error(`</${end}>`);
    } else {
      const pairs = [...attributes!.matchAll(/ ([\w-]+)="([^"]*)"/g)];
      const opened = {
        name: start!,
        attributes: Object.fromEntries(pairs.map(([, key, value]) => [key!, unescape(value!)])),
        children: [],
      };
      stack.at(-1)!.children.push(opened);
      if (isEmpty === "") stack.push(opened);
    }
  }
  const body = text.replace(/^<\?xml [^<>]*\?>\n/, "").trim();
  if (length !== body.length || stack.length !== 1) throw new Error(`not XML at ${body.slice(length)}`);
  return stack[0]!.children[0] as XmlElement;
}

function unescape(text: string): string {
  return text.replace(
    /&(?:#(\d+)|(\w+));|&/g,
    (whole, code: string | undefined, name: string | undefined) => {
      if (code !== undefined) return String.fromCodePoint(Number(code));
      const character = name === undefined ? undefined : ENTITIES[name];
      if (character === undefined) throw new Error(`entity ${whole}`);
      return character;
    },
  );
}
