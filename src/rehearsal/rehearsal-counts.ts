import { UNKNOWN, DynamicRecord, type Value } from "../provider/value.ts";

/** What became of the resources of one type. */
export interface TypeCount {
  readonly made: number;
  readonly changed: number;
  readonly destroyed: number;
}

/** What a rehearsal did, and what it could only make up. */
export interface RehearsalCounts {
  readonly types: Readonly<Record<string, TypeCount>>;
  /** Of those that were used, in order. */
  readonly typesWithoutOverlay: readonly string[];
  /** Values known only after applying that the rehearsal thought of: ids, addresses, keys. */
  readonly madeUpValues: number;
  /** Of those, how many were handed on as they are to another resource or data source. */
  readonly consumedValues: number;
  /** What new resources stand in, where nothing here makes such a thing: `azurerm_resource_group "shared"`; in order. */
  readonly assumedParents: readonly string[];
  /** Faults on purpose that struck. */
  readonly faults: number;
}

export interface CountKeeper {
  readonly count: (typeName: string, what: keyof TypeCount) => void;
  readonly use: (typeName: string, hasOverlay: boolean) => void;
  /** Notes the values that were unknown when planned and are known now. */
  readonly handOut: (planned: Value, made: Value) => void;
  /** Notes made-up values in a configuration. */
  readonly consume: (config: Value) => void;
  readonly assume: (parents: readonly string[]) => void;
  readonly strike: () => void;
  readonly report: () => RehearsalCounts;
}

/** Shorter text is met by chance: `a`, `dev`, `true`. */
const TELLING_LENGTH = 8;

/** Counts what a rehearsal does. */
export function createCountKeeper(): CountKeeper {
  const types = new Map<string, TypeCount>();
  const bare = new Set<string>();
  const madeUp = new Set<string>();
  const consumed = new Set<string>();
  const assumed = new Set<string>();
  let [madeUpValues, faults] = [0, 0];
  return {
    count(typeName, what) {
      const counted = types.get(typeName) ?? { made: 0, changed: 0, destroyed: 0 };
      types.set(typeName, { ...counted, [what]: counted[what] + 1 });
    },
    use: (typeName, hasOverlay) => void (hasOverlay || bare.add(typeName)),
    handOut(planned, made) {
      for (const value of onceUnknown(planned, made)) {
        madeUpValues++;
        if (typeof value === "string" && value.length >= TELLING_LENGTH) madeUp.add(value);
      }
    },
    consume(config) {
      for (const value of leaves(config))
        if (typeof value === "string" && madeUp.has(value)) consumed.add(value);
    },
    assume(parents) {
      for (const parent of parents) assumed.add(parent);
    },
    strike: () => void faults++,
    report: () => ({
      types: Object.fromEntries([...types].sort(([left], [right]) => (left < right ? -1 : 1))),
      typesWithoutOverlay: [...bare].sort(),
      madeUpValues,
      consumedValues: consumed.size,
      assumedParents: [...assumed].sort(),
      faults,
    }),
  };
}

function* onceUnknown(planned: Value | undefined, made: Value): Iterable<Value> {
  if (planned === UNKNOWN) yield* leaves(made);
  else if (planned === undefined || planned === null || typeof planned !== "object") return;
  else if (planned instanceof DynamicRecord) {
    if (made instanceof DynamicRecord) yield* onceUnknown(planned.value, made.value);
  } else if (typeof made === "object" && made !== null) {
    for (const [name, value] of Object.entries(made))
      yield* onceUnknown((planned as Readonly<Record<string, Value>>)[name], value as Value);
  }
}

function* leaves(value: Value): Iterable<Value> {
  if (value instanceof DynamicRecord) yield* leaves(value.value);
  else if (typeof value === "object" && value !== null)
    for (const member of Object.values(value)) yield* leaves(member as Value);
  else if (value !== null && value !== UNKNOWN) yield value;
}
