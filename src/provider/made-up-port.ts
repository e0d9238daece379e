/** By what is in the name of an engine, or else of a type; the first that fits. */
const PORTS: readonly (readonly [RegExp, number])[] = [
  [/postgres|cockroach/, 5432],
  [/mysql|mariadb/, 3306],
  [/oracle/, 1521],
  [/sqlserver|mssql/, 1433],
  [/docdb|mongo/, 27017],
  [/neptune/, 8182],
  [/redshift/, 5439],
  [/memcached/, 11211],
  [/redis|valkey|elasticache|memorydb/, 6379],
  [/aurora|rds_cluster|db_instance/, 3306],
];

/** The port on which something usually listens, by its engine where it has one. */
export function madeUpPort(typeName: string, engine: string | undefined): number {
  const said = [engine ?? "", typeName];
  const found = said.map((text) => PORTS.find(([pattern]) => pattern.test(text.toLowerCase()))?.[1]);
  return found.find((port) => port !== undefined) ?? 443;
}
