/** Something went wrong with a store; the message is one sentence for people that names the place. */
export class StoreError extends Error {
  override readonly name: string = "StoreError";
  readonly location: string;

  constructor(location: string, message: string, options?: { readonly cause?: unknown }) {
    super(`${location}: ${message}`, options);
    this.location = location;
  }
}

/** A conditional write or removal came too late: somebody else changed the object since it was read. */
export class StoreConflictError extends StoreError {
  override readonly name = "StoreConflictError";
  readonly key: string;

  constructor(location: string, key: string, options?: { readonly cause?: unknown }) {
    super(location, `'${key}' was changed by somebody else in the meantime`, options);
    this.key = key;
  }
}

/** The bucket itself is not there: `platc bootstrap` comes before. */
export class StoreMissingError extends StoreError {
  override readonly name = "StoreMissingError";

  constructor(location: string, options?: { readonly cause?: unknown }) {
    super(location, "it does not exist yet; 'platc bootstrap' makes it", options);
  }
}

/** platc cannot read this type of backend by itself, only Terraform can. */
export class UnsupportedStoreError extends Error {
  override readonly name = "UnsupportedStoreError";
  readonly backendType: string;

  constructor(backendType: string) {
    super(`platc cannot keep its records in the '${backendType}' backend, nor read states there`);
    this.backendType = backendType;
  }
}
