/** An element of XML; text in it and in its attributes is written so that any text arrives. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children: readonly (XmlElement | string)[];
}

export function element(
  name: string,
  attributes: XmlElement["attributes"],
  children: XmlElement["children"] = [],
): XmlElement {
  return { name, attributes, children };
}

/** A document with one element per line; those that hold text are not indented inside. */
export function renderXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderElement(root, "")}\n`;
}

function renderElement({ name, attributes, children }: XmlElement, indent: string): string {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escapeAttribute(value)}"`]))
    .join("");
  if (children.length === 0) return `${indent}<${name}${written}/>`;
  if (children.some((child) => typeof child === "string")) {
    const inside = children.map((child) =>
      typeof child === "string" ? escapeText(child) : renderElement(child, ""),
    );
    return `${indent}<${name}${written}>${inside.join("")}</${name}>`;
  }
  const inside = children.map((child) =>
    typeof child === "string" ? child : renderElement(child, `${indent}  `),
  );
  return [`${indent}<${name}${written}>`, ...inside, `${indent}</${name}>`].join("\n");
}

function escapeText(text: string): string {
  return permitted(text)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/\r/g, "&#13;");
}

function escapeAttribute(text: string): string {
  return escapeText(text).replace(/"/g, "&quot;").replace(/\n/g, "&#10;").replace(/\t/g, "&#9;");
}

/** XML 1.0 has no way to write these, not even escaped: control characters become visible, the others a mark. */
function permitted(text: string): string {
  return text
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, (control) =>
      String.fromCharCode(0x2400 + control.charCodeAt(0)),
    )
    .replace(/[\x7f-\x9f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd");
}
