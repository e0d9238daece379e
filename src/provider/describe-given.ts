export type PlainValues = Readonly<Record<string, string | number | boolean>>;

/** How to say that something exists already, to be copied; names may be paths such as `metadata.name`. */
export function describeGiven(type: string, attributes: PlainValues): string {
  const entries = Object.entries(attributes).map(([path, said]) => {
    const [first, ...rest] = path.split(".");
    const value = rest.reduceRight((inner, name) => `{ ${name}: ${inner} }`, JSON.stringify(said));
    return `${first}: ${value}`;
  });
  const described = entries.length === 0 ? 'id: "..."' : entries.join(", ");
  return `If it exists already, say so in ${GIVEN_FILE} beside the spec:\n\ngiven:\n  ${type}:\n    - { ${described} }`;
}

/** Beside the spec: what exists before anything is rehearsed. */
export const GIVEN_FILE = "rehearsal.yaml";
