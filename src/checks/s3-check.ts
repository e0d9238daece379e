import { randomUUID } from "node:crypto";
import { quoteText } from "../plans/quote-text.ts";
import {
  type CheckAttempt,
  type CheckOutcome,
  type CheckRunner,
  failed,
  passed,
  withinLimit,
} from "./check-attempt.ts";
import { findDifference, readExpectedFile } from "./compare-content.ts";
import { startOf } from "./excerpt.ts";
import { openS3Objects, S3CheckError, type S3Objects } from "./s3-objects.ts";
import { flagSetting, optionalText, SettingError, textSetting } from "./setting.ts";

/** An object written, read back and removed; or, with a key, an object that is there and what it must hold. */
export const runS3Check: CheckRunner = async (attempt) => {
  const { settings, context, signal } = attempt;
  const bucket = textSetting(settings, "bucket");
  const key = optionalText(settings, "key");
  const isPrivate = flagSetting(settings, "private");
  if (key === undefined) refuseWithoutKey(attempt);
  const objects = await openS3Objects(bucket, context, signal);
  const place: Place = { bucket, objects, isPrivate };
  try {
    return await (key === undefined ? roundTrip(place, signal) : compareObject(place, key, attempt));
  } catch (error) {
    if (!(error instanceof S3CheckError)) throw error;
    return failed(
      signal.aborted ? `bucket '${bucket}' did not answer ${withinLimit(attempt)}` : error.message,
    );
  } finally {
    objects.close();
  }
};

interface Place {
  readonly bucket: string;
  readonly objects: S3Objects;
  readonly isPrivate: boolean;
}

function refuseWithoutKey({ settings }: CheckAttempt): void {
  for (const name of ["equals", "contains"])
    if (optionalText(settings, name) !== undefined)
      throw new SettingError(`'${name}' needs a 'key': the object to look at`);
}

async function roundTrip(place: Place, signal: AbortSignal): Promise<CheckOutcome> {
  const { bucket, objects, isPrivate } = place;
  const id = randomUUID();
  const key = `.platc/check-${id}`;
  const body = Buffer.from(`Written by a smoke test of platc, which removes it at once: ${id}\n`);
  const version = await objects.write(key, body).catch(async (error: unknown) => {
    // Where time was up, the object may have arrived all the same.
    if (signal.aborted) await objects.remove(key, undefined).catch(() => undefined);
    throw error;
  });
  let outcome: CheckOutcome;
  try {
    const found = await objects.read(key);
    if (found === undefined) outcome = failed(`bucket '${bucket}' took an object, and then had none`);
    else if (Buffer.compare(found, body) !== 0)
      outcome = failed(`bucket '${bucket}' gave back other bytes than it took`);
    else
      outcome =
        (isPrivate ? await findReader(place, key) : undefined) ??
        passed(`bucket '${bucket}' took an object, gave it back and removed it${refusal(isPrivate)}`);
  } catch (error) {
    await objects.remove(key, version).catch(() => undefined);
    throw error;
  }
  await objects.remove(key, version);
  return outcome;
}

async function compareObject(place: Place, key: string, attempt: CheckAttempt): Promise<CheckOutcome> {
  const { settings, context, redact } = attempt;
  const equals = optionalText(settings, "equals");
  const contains = optionalText(settings, "contains");
  const expected = equals === undefined ? undefined : await readExpectedFile(context.specFolder, equals);
  const object = `'${key}' in bucket '${place.bucket}'`;
  const bytes = await place.objects.read(key);
  if (bytes === undefined) return failed(`there is no ${object}`);
  const text = new TextDecoder().decode(bytes);
  const details = startOf(redact(text));
  const difference = expected === undefined ? undefined : findDifference(bytes, expected, redact);
  if (difference !== undefined) return failed(`${object} is not as '${equals}': ${difference}`, details);
  if (contains !== undefined && !text.includes(contains))
    return failed(`${object} does not hold ${quoteText(redact(contains))}`, details);
  const reader = place.isPrivate ? await findReader(place, key) : undefined;
  if (reader !== undefined) return reader;
  const seen =
    equals !== undefined
      ? `is as '${equals}'`
      : contains !== undefined
        ? `holds ${quoteText(redact(contains))}`
        : `has ${bytes.length} bytes`;
  return passed(`${object} ${seen}${refusal(place.isPrivate)}`);
}

/** Tries to read the object and the list of the bucket without credentials; undefined where both are refused. */
async function findReader({ bucket, objects }: Place, key: string): Promise<CheckOutcome | undefined> {
  const tries = [
    { what: { key }, able: `can read '${key}'` },
    { what: "list", able: "can list its objects" },
  ] as const;
  for (const { what, able } of tries) {
    const answer = await objects.readUnsigned(what);
    if (answer.status === "served")
      return failed(`bucket '${bucket}' is not private: a reader without credentials ${able}`);
    if (answer.status === "unclear")
      return failed(`bucket '${bucket}' does not refuse a reader without credentials: ${answer.why}`);
  }
  return undefined;
}

function refusal(isPrivate: boolean): string {
  return isPrivate ? ", and refused a reader without credentials" : "";
}
