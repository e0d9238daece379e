import type { MigrationRecord } from "../ledger/step-record.ts";
import type { Sources } from "../source/sources.ts";
import { byCodePoint } from "../text/compare.ts";

/** A migration as it lies beside the spec. */
export interface MigrationFile extends MigrationRecord {
  /** From the project root. */
  readonly path: string;
}

/** The migrations in a folder, and not in folders of it, in the order of their names. */
export async function readMigrations(folder: string, sources: Sources): Promise<readonly MigrationFile[]> {
  const paths = (await sources.listFiles(folder)).filter((path) => {
    const name = path.slice(folder.length + 1);
    return name.endsWith(".sql") && !name.includes("/");
  });
  const files = await Promise.all(
    paths.map(async (path) => ({
      path,
      file: path.slice(folder.length + 1),
      digest: (await sources.hash(path)) ?? "",
    })),
  );
  return files.sort((left, right) => byCodePoint(left.file, right.file));
}
