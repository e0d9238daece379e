import { StoreError } from "./store-error.ts";

/** What Terraform writes down about who locked a state. */
export interface LockHolder {
  readonly id: string;
  /** `user@host`. */
  readonly who: string;
  /** Such as `OperationTypeApply`. */
  readonly operation: string;
  /** ISO 8601. */
  readonly created: string;
  readonly path: string;
  readonly terraformVersion: string;
}

/**
 * Who holds the lock of a state. "left": the note about the holder is there, the lock itself is not any more, so
 * nobody is held up. "unknown": the lock lies where platc does not look; `why` says where.
 */
export type LockStatus =
  | { readonly status: "free" }
  | { readonly status: "held" | "left"; readonly holder: LockHolder }
  | { readonly status: "unknown"; readonly why: string };

/** Reads Terraform's note about a lock; `place` names it for people. */
export function parseLockHolder(location: string, place: string, text: string): LockHolder {
  try {
    const lock = JSON.parse(text) as Record<string, unknown>;
    const field = (name: string): string => String(lock[name] ?? "");
    return {
      id: field("ID"),
      who: field("Who"),
      operation: field("Operation"),
      created: field("Created"),
      path: field("Path"),
      terraformVersion: field("Version"),
    };
  } catch (error) {
    throw new StoreError(location, `'${place}' is no lock of Terraform`, { cause: error });
  }
}
