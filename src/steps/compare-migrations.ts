import type { MigrationRecord } from "../ledger/step-record.ts";
import { byCodePoint } from "../text/compare.ts";

/** What is left to do of some migrations, or why nothing may be done. */
export type MigrationsLeft<File extends MigrationRecord> =
  | { readonly status: "ok"; readonly left: readonly File[] }
  | { readonly status: "bad"; readonly message: string; readonly hint: string };

/** What is done stays as it was, and comes before all that is new. */
export function compareMigrations<File extends MigrationRecord>(
  files: readonly File[],
  done: readonly MigrationRecord[],
): MigrationsLeft<File> {
  if (files.length === 0)
    return bad("its folder holds no migrations", "write them as files '*.sql', such as '001-accounts.sql'");
  const fileByName = new Map(files.map((one) => [one.file, one]));
  for (const { file, digest } of done) {
    const now = fileByName.get(file);
    if (!now)
      return bad(
        `'${file}' was applied and is not there any more`,
        "put it back, and undo what it did in a new migration",
      );
    if (now.digest !== digest)
      return bad(
        `'${file}' was changed after it was applied`,
        "write it as it was, and put the change into a new migration",
      );
  }
  const names = new Set(done.map(({ file }) => file));
  const left = files.filter(({ file }) => !names.has(file));
  const last = [...names].sort(byCodePoint).at(-1) ?? "";
  const late = left.find(({ file }) => byCodePoint(file, last) < 0);
  if (late)
    return bad(
      `'${late.file}' is new and comes before '${last}', which was applied`,
      "give it a name that comes after it",
    );
  return { status: "ok", left };
}

function bad(message: string, hint: string): { status: "bad"; message: string; hint: string } {
  return { status: "bad", message, hint };
}
