import type { TypeOverlay } from "./type-overlay.ts";

/** By path, which parts say what is in the block there. */
export type PartUses = Readonly<Record<string, string | readonly string[]>>;

/** What blocks of several types have in common; its paths begin at the block. */
export interface OverlayPart extends Pick<
  TypeOverlay,
  "forceNew" | "defaults" | "values" | "computedBlocks"
> {
  readonly parts?: PartUses;
}

/** An overlay with what the parts say of its blocks; what it says itself comes before. */
export function withParts(
  { parts, ...own }: OverlayPart,
  partByName: ReadonlyMap<string, OverlayPart>,
): TypeOverlay {
  const used = Object.entries(parts ?? {}).flatMap(([path, names]) =>
    [names].flat().flatMap((name) => {
      const part = partByName.get(name);
      return part === undefined ? [] : [within(path, withParts(part, partByName))];
    }),
  );
  return used.reduce<TypeOverlay>(joined, own);
}

/** The parts that are named and not there, and those that hold themselves. */
export function wrongParts(
  uses: PartUses,
  partByName: ReadonlyMap<string, OverlayPart>,
  outer: readonly string[] = [],
): readonly string[] {
  return Object.values(uses)
    .flat()
    .flatMap((name) => {
      const part = partByName.get(name);
      if (part === undefined || outer.includes(name)) return [name];
      return wrongParts(part.parts ?? {}, partByName, [...outer, name]);
    });
}

function within(path: string, overlay: TypeOverlay): TypeOverlay {
  const at = (name: string): string => `${path}.${name}`;
  const table = (values: Readonly<Record<string, unknown>> = {}) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [at(name), value]));
  return {
    forceNew: (overlay.forceNew ?? []).map(at),
    defaults: table(overlay.defaults),
    values: table(overlay.values),
    computedBlocks: (overlay.computedBlocks ?? []).map(at),
  };
}

function joined(first: TypeOverlay, second: TypeOverlay): TypeOverlay {
  const { forceNew = [], computedBlocks = [], defaults = {}, values = {} } = first;
  return {
    ...first,
    forceNew: [...new Set([...forceNew, ...(second.forceNew ?? [])])],
    computedBlocks: [...new Set([...computedBlocks, ...(second.computedBlocks ?? [])])],
    defaults: { ...second.defaults, ...defaults },
    values: { ...second.values, ...values },
  };
}
