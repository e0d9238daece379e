import type { Range } from "../source/source.ts";
import type { EnvironmentSpec } from "../spec/platform.ts";

/** A text of the spec with its templates evaluated, and where it stands. */
export interface PlacedText {
  readonly text: string;
  readonly range: Range;
}

/** What Airflow runs in one environment: nothing is left to fill in. */
export interface Pipelines {
  readonly environment: EnvironmentSpec;
  readonly airflow: string;
  readonly region: string;
  readonly secret: PlacedText;
  readonly adminEmail: string;
  readonly files: readonly PlacedText[];
  readonly packages: readonly PlacedText[];
  readonly connections: ReadonlyMap<string, Connection>;
  readonly dags: ReadonlyMap<string, Dag>;
}

export type ConnectionType = "docker" | "spark" | "slack" | "other";

export interface Connection {
  readonly id: string;
  readonly type: ConnectionType;
  readonly secret: PlacedText;
  readonly host: string | undefined;
  readonly port: number;
  readonly range: Range;
}

export interface Dag {
  readonly id: string;
  readonly description: string;
  readonly cron: PlacedText;
  readonly timezone: PlacedText;
  readonly start: PlacedText;
  readonly catchesUp: boolean;
  readonly maxActiveRuns: number;
  readonly retries: number;
  readonly retryDelaySeconds: number;
  readonly tags: readonly string[];
  readonly onFailure: SlackWork | undefined;
  readonly tasks: ReadonlyMap<string, Task>;
  readonly range: Range;
}

export interface Task {
  readonly name: string;
  readonly after: readonly PlacedText[];
  readonly notBefore: string | undefined;
  readonly retries: number | undefined;
  readonly timeoutSeconds: number | undefined;
  /** Every kind that is written; a task of the right shape has one. */
  readonly works: readonly Work[];
  readonly range: Range;
}

export type Work = DockerWork | SparkWork | CommandWork | SlackWork;

export interface DockerWork {
  readonly kind: "docker";
  readonly connection: PlacedText;
  readonly image: string;
  readonly command: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
  readonly network: string | undefined;
  readonly mounts: ReadonlyMap<string, string>;
}

export interface SparkWork {
  readonly kind: "spark";
  readonly connection: PlacedText;
  readonly application: string;
  readonly arguments: readonly string[];
  readonly conf: ReadonlyMap<string, string>;
  readonly packages: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
}

export interface CommandWork {
  readonly kind: "command";
  readonly run: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
}

export interface SlackWork {
  readonly kind: "slack";
  readonly connection: PlacedText;
  readonly message: string;
}
