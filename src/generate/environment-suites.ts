import { readSuite } from "../quality/read-suite.ts";
import type { Suite } from "../quality/suite.ts";
import { SUITE } from "../stacks/read-checks.ts";
import type { Stack } from "../stacks/stack.ts";
import { isComputed, isMap } from "../templates/value.ts";

/** What is expected of one kind of data in an environment, and where a table with it is. */
export interface EnvironmentSuite {
  readonly suite: Suite;
  /** The database that the questions are for: PostgreSQL for tables, DuckDB for files. */
  readonly dialect: "postgres" | "duckdb";
  readonly schema: string | undefined;
  readonly table: string | undefined;
}

/** `unknown` names checks whose expectations or tables are not known before an apply. */
export interface EnvironmentSuites {
  readonly suites: readonly EnvironmentSuite[];
  readonly unknown: readonly string[];
}

/** The suites that checks of an environment hold data against: each place of data once, under a name of its own. */
export function environmentSuites(stacks: readonly Stack[], environment: string): EnvironmentSuites {
  const suiteByName = new Map<string, EnvironmentSuite>();
  const unknown: string[] = [];
  for (const stack of stacks.filter((one) => one.environment.name === environment))
    for (const { name, kind, settings } of stack.checks) {
      if (kind !== "quality") continue;
      const written = settings.get(SUITE);
      const suiteName = String(settings.get("suite"));
      const { suite } =
        written !== undefined && isMap(written) ? readSuite(suiteName, written) : { suite: undefined };
      const places = ["schema", "table"].map((key) => settings.get(key));
      if (suite === undefined || places.some((place) => place !== undefined && isComputed(place))) {
        unknown.push(`${stack.address} ${name}`);
        continue;
      }
      const [schema, table] = places.map((place) => (typeof place === "string" ? place : undefined));
      const dialect = settings.has("postgres") ? "postgres" : "duckdb";
      addOnce(suiteByName, { suite, dialect, schema, table }, `${stack.address}/${name}`);
    }
  return { suites: [...suiteByName.values()], unknown };
}

/** The same suite of another place, or with other values, gets a longer name. */
function addOnce(suiteByName: Map<string, EnvironmentSuite>, found: EnvironmentSuite, place: string): void {
  const { name } = found.suite;
  const known = suiteByName.get(name);
  if (known === undefined) suiteByName.set(name, found);
  else if (JSON.stringify(known) !== JSON.stringify(found)) {
    const longName = `${name}-${place.replaceAll("/", "-")}`;
    suiteByName.set(longName, { ...found, suite: { ...found.suite, name: longName } });
  }
}
