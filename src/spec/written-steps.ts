import type { WrittenPostgres } from "./written-quality.ts";

/** A step beside Terraform, after its stack is applied: settings and exactly one kind. It can be repeated without harm. */
export interface WrittenStep {
  /** One sentence for people. */
  description?: string;
  /** Steps of this stack that come first. */
  after?: string[];
  /**
   * Seconds that it may take.
   * @default 300
   * @minimum 1
   */
  timeout?: number;
  /** Migrations of a PostgreSQL database: each file once, in order. */
  sql?: WrittenSqlStep;
  /** A program that must exit with 0. */
  command?: WrittenCommandStep;
}

export interface WrittenSqlStep {
  postgres: WrittenPostgres;
  /** Folder with the migrations, as `{{path 'migrations'}}`: files `*.sql`, in the order of their names, each in a transaction. */
  migrations: string;
  /**
   * The table in which the database keeps what was done.
   * @default "platc_migrations"
   * @pattern ^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$
   * @patternErrorMessage a table is lower-case letters, digits and '_', perhaps after a schema and a '.', like 'public.platc_migrations'
   */
  table?: string;
}

export interface WrittenCommandStep {
  /** Program and arguments; no shell, and no secrets. */
  run: string[];
  /** More environment variables; secrets are given here. */
  env?: { [name: string]: string };
  /** Folder beside the spec in which it runs; the spec's own if left out. */
  cwd?: string;
  /** More files and folders that it reads, as `{{path 'files'}}`: it runs again where one of them changes. */
  files?: string[];
}
