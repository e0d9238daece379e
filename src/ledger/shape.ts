/** Checks that a parsed JSON value has the shape of T and returns it without what T does not know. Throws ShapeError. */
export interface Shape<T> {
  (value: unknown, path: string): T;
  /** It may be left out of an object. */
  readonly isOptional?: true;
}

/** Says which part of a value is not as it should be: `'state.serial' should be a whole number`. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";

  constructor(path: string, expected: string) {
    super(`'${path}' should be ${expected}`);
  }
}

export const text: Shape<string> = (value, path) => {
  if (typeof value !== "string") throw new ShapeError(path, "a text");
  return value;
};

export const numeric: Shape<number> = (value, path) => {
  if (typeof value !== "number") throw new ShapeError(path, "a number");
  return value;
};

export const flag: Shape<boolean> = (value, path) => {
  if (typeof value !== "boolean") throw new ShapeError(path, "true or false");
  return value;
};

export const count: Shape<number> = (value, path) => {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new ShapeError(path, "a whole number");
  return value as number;
};

/** Any JSON value but an absent one. */
export const anything: Shape<unknown> = (value, path) => {
  if (value === undefined) throw new ShapeError(path, "there");
  return value;
};

export function literally<const T extends string | number>(...allowed: readonly T[]): Shape<T> {
  return (value, path) => {
    const found = allowed.find((one) => one === value);
    if (found === undefined)
      throw new ShapeError(path, allowed.map((one) => JSON.stringify(one)).join(" or "));
    return found;
  };
}

export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return (value, path) => (value === null ? null : shape(value, path));
}

/** Only for members of an object. */
export function optional<T>(shape: Shape<T>): Shape<T> {
  return Object.assign((value: unknown, path: string) => shape(value, path), { isOptional: true as const });
}

export function listOf<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new ShapeError(path, "a list");
    return value.map((item, at) => shape(item, `${path}[${at}]`));
  };
}

export function recordOf<T>(shape: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return (value, path) =>
    Object.fromEntries(
      membersOf(value, path).map(([name, member]) => [name, shape(member, join(path, name))]),
    );
}

export function objectOf<T extends object>(shapes: { readonly [K in keyof T]-?: Shape<T[K]> }): Shape<T> {
  return (value, path) => {
    const members = new Map(membersOf(value, path));
    const entries = Object.entries(shapes) as [string, Shape<unknown>][];
    const missing = entries.find(([name, shape]) => !members.has(name) && !shape.isOptional);
    if (missing) throw new ShapeError(join(path, missing[0]), "there, and is not");
    return Object.fromEntries(
      entries
        .filter(([name]) => members.has(name))
        .map(([name, shape]) => [name, shape(members.get(name), join(path, name))]),
    ) as T;
  };
}

function membersOf(value: unknown, path: string): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ShapeError(path === "" ? "the whole" : path, "an object");
  return Object.entries(value);
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
