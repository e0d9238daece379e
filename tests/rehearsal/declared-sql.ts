interface StateJson {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly instances: readonly { readonly attributes: Attributes }[];
  }[];
}

type Attributes = Readonly<Record<string, unknown>>;

/** A statement, and the database that it is run in; the administrator's own if none is named. */
export interface DeclaredStatement {
  readonly sql: string;
  readonly database?: string;
}

const ORDER = ["postgresql_role", "postgresql_database", "postgresql_extension", "postgresql_grant"];

/** The statements by which the postgresql provider makes what states declare: roles, databases, then rights. */
export function declaredSql(states: readonly string[]): readonly DeclaredStatement[] {
  const resources = states.flatMap((state) =>
    (JSON.parse(state) as StateJson).resources
      .filter(({ mode, type }) => mode === "managed" && type.startsWith("postgresql_"))
      .flatMap(({ type, instances }) => instances.map(({ attributes }) => ({ type, attributes }))),
  );
  const unknown = resources.find(({ type }) => !ORDER.includes(type));
  if (unknown) throw new Error(`no statement is known for ${unknown.type}`);
  return ORDER.flatMap((wanted) =>
    resources
      // What is taken from everybody comes before what anybody is given.
      .toSorted((left, right) => Number(isOfAll(right.attributes)) - Number(isOfAll(left.attributes)))
      .flatMap(({ type, attributes }) => (type === wanted ? statementsOf(type, attributes) : [])),
  );
}

function isOfAll({ role }: Attributes): boolean {
  return role === "public";
}

function statementsOf(type: string, of: Attributes): readonly DeclaredStatement[] {
  switch (type) {
    case "postgresql_role":
      return [{ sql: `CREATE ROLE ${name(of["name"])} ${roleOptions(of)}` }];
    case "postgresql_database":
      return [{ sql: `CREATE DATABASE ${name(of["name"])} ${databaseOptions(of)}` }];
    case "postgresql_extension":
      return [{ sql: `CREATE EXTENSION ${name(of["name"])}`, database: String(of["database"]) }];
    default:
      return grant(of);
  }
}

function roleOptions(of: Attributes): string {
  const has = (key: string, option: string): string => (of[key] === true ? option : `NO${option}`);
  return [
    has("login", "LOGIN"),
    has("superuser", "SUPERUSER"),
    has("create_database", "CREATEDB"),
    has("create_role", "CREATEROLE"),
    `CONNECTION LIMIT ${Number(of["connection_limit"])}`,
    ...(typeof of["password"] === "string" ? [`PASSWORD ${text(of["password"])}`] : []),
  ].join(" ");
}

function databaseOptions(of: Attributes): string {
  return [
    `TEMPLATE ${name(of["template"])}`,
    `ENCODING ${text(of["encoding"])}`,
    `LC_COLLATE ${text(of["lc_collate"])}`,
    `LC_CTYPE ${text(of["lc_ctype"])}`,
    `CONNECTION LIMIT ${Number(of["connection_limit"])}`,
  ].join(" ");
}

/** The provider takes all rights away, then gives those that are listed. */
function grant(of: Attributes): readonly DeclaredStatement[] {
  const database = String(of["database"]);
  const kind = String(of["object_type"]).toUpperCase();
  if (kind !== "DATABASE" && kind !== "SCHEMA")
    throw new Error(`no statement is known for rights on ${kind}`);
  const object = `${kind} ${name(kind === "DATABASE" ? database : of["schema"])}`;
  const role = isOfAll(of) ? "PUBLIC" : name(of["role"]);
  const privileges = of["privileges"] as readonly string[];
  return [
    { sql: `REVOKE ALL PRIVILEGES ON ${object} FROM ${role}`, database },
    ...(privileges.length > 0
      ? [{ sql: `GRANT ${privileges.join(", ")} ON ${object} TO ${role}`, database }]
      : []),
  ];
}

function name(value: unknown): string {
  return `"${String(value).replaceAll('"', '""')}"`;
}

function text(value: unknown): string {
  return `'${String(value).replaceAll("'", "''")}'`;
}
