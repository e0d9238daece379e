import { isList, isMap, type Value } from "../templates/value.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Environment } from "../terraform/child-environment.ts";
import { CommandError } from "./exit-codes.ts";

const HINT =
  "leave it to the backend ('encrypt' of s3, or a key of the bucket's or container's own); a rehearsal goes on without it: --target rehearsal";

/**
 * Refuses OpenTofu's encryption of states before anything is started: platc reads states itself, so what is applied
 * with it could neither be recorded nor gone on with. Leaving the setting out would write them in the clear.
 */
export function refuseEncryption(
  environment: Environment,
  { stackByAddress }: Platform,
  addresses: readonly string[],
): void {
  if (environment["TF_ENCRYPTION"])
    throw new CommandError("TF_ENCRYPTION would encrypt the states, and platc could not read them", HINT);
  const encrypted = addresses.find((address) => hasEncryption(stackByAddress.get(address)?.extra ?? null));
  if (encrypted !== undefined)
    throw new CommandError(
      `'extra: terraform: encryption' of '${encrypted}' would encrypt its state, and platc could not read it`,
      HINT,
    );
}

function hasEncryption(extra: Value): boolean {
  const settings = isMap(extra) ? extra.get("terraform") : undefined;
  const blocks = settings === undefined ? [] : isList(settings) ? settings : [settings];
  return blocks.some((block) => isMap(block) && block.has("encryption"));
}
