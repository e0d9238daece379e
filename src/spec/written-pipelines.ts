/** What Airflow runs, and what it runs with. `platc generate airflow ENVIRONMENT` writes it out. Templates read `platform`, `environment` and `vars`. */
export interface WrittenPipelines {
  /**
   * Version of Airflow.
   * @default "3.3.2"
   * @pattern ^(2\.10|3\.[0-9]{1,3})\.[0-9]{1,3}$
   * @patternErrorMessage a version of Airflow is 2.10.x or 3.x.y, like '3.3.2'
   */
  airflow?: string;
  /** Where Airflow runs; all environments that are not shared if left out. */
  environments?: string[];
  /** Region of Secrets Manager. */
  region: string;
  /** The secret with Airflow's own keys and passwords, `STACK` or `STACK.CALL` of the module `aws/secret`: `fernet_key`, `secret_key`, `jwt_secret`, `database_password`, `redis_password`. */
  secret: string;
  /** Who is told when Airflow is set up: the address of its first administrator. */
  admin_email: string;
  /** Files and folders beside the spec that are copied into the image, such as `jobs`. */
  files?: string[];
  /** More Python packages, as pip spells them, such as "pandas==2.2.3". */
  packages?: string[];
  /** What tasks connect to, by the id that Airflow knows it under. */
  connections?: { [id: string]: WrittenConnection };
  /** The pipelines, by the id that Airflow shows. */
  dags: { [id: string]: WrittenDag };
}

export interface WrittenConnection {
  /** What it leads to. */
  type: "docker" | "spark" | "slack" | "other";
  /** The secret that holds it, `STACK` or `STACK.CALL` of the module `aws/secret`. For Docker: `ca`, `cert` and `key`; for all others what Airflow reads, as `conn_type`, `host`, `password`. */
  secret: string;
  /** For Docker: the host. */
  host?: string;
  /**
   * For Docker: the port of its API with TLS.
   * @default 2376
   * @minimum 1
   * @maximum 65535
   */
  port?: number;
}

export interface WrittenDag {
  /** One sentence for people. */
  description?: string;
  /** When it runs. */
  schedule: WrittenDagSchedule;
  /**
   * The first day that it runs for.
   * @pattern ^[0-9]{4}-[0-9]{2}-[0-9]{2}$
   * @patternErrorMessage a day is written like '2026-01-31'
   */
  start: string;
  /** Whether it also runs for the days between `start` and now. */
  catchup?: boolean;
  /**
   * How many runs there may be at once.
   * @default 1
   * @minimum 1
   */
  max_active_runs?: number;
  /**
   * How often a task that failed is tried again.
   * @default 0
   * @minimum 0
   */
  retries?: number;
  /**
   * Seconds before it is tried again.
   * @default 300
   * @minimum 0
   */
  retry_delay?: number;
  /** Words that it is found by. */
  tags?: string[];
  /** Told when a run has failed. */
  on_failure?: WrittenSlackTask;
  /** The tasks, by name. */
  tasks: { [name: string]: WrittenTask };
}

export interface WrittenDagSchedule {
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  cron: string;
  /** Name of the time zone that the fields are in, such as Asia/Seoul. */
  timezone: string;
}

/** A task: settings and exactly one kind. Texts may hold Airflow's own templates: write `!raw "{{ ds }}"`. */
export interface WrittenTask {
  /** Tasks that come first. */
  after?: string[];
  /**
   * Time of day, in the zone of the schedule, before which it does not begin: the first such time from the run's own on.
   * @pattern ^([01][0-9]|2[0-3]):[0-5][0-9]$
   * @patternErrorMessage a time of day is written like '17:00'
   */
  not_before?: string;
  /**
   * How often it is tried again, if not as often as the others.
   * @minimum 0
   */
  retries?: number;
  /**
   * Seconds that one try may take; without end if left out.
   * @minimum 1
   */
  timeout?: number;
  /** A container on another host, started over Docker's API with TLS. */
  docker?: WrittenDockerTask;
  /** An application handed to Spark. */
  spark?: WrittenSparkTask;
  /** A program in Airflow's own container. */
  command?: WrittenCommandTask;
  /** A message to Slack. */
  slack?: WrittenSlackTask;
}

export interface WrittenDockerTask {
  /** A connection of type `docker`. */
  connection: string;
  image: string;
  /** Arguments of the image's program. */
  command?: string[];
  /** Environment variables; everybody who may see the task sees them. */
  environment?: { [name: string]: string };
  /** Network of the container, such as `host`. */
  network?: string;
  /** Folders of the host, read-only, by their path in the container. */
  mounts?: { [target: string]: string };
}

export interface WrittenSparkTask {
  /** A connection of type `spark`. */
  connection: string;
  /** The application; a relative path is one of `files`. */
  application: string;
  arguments?: string[];
  /** Settings of Spark. */
  conf?: { [name: string]: string };
  /** Maven coordinates of packages. */
  packages?: string[];
  /** Environment variables of the driver; everybody who may see the task sees them. */
  environment?: { [name: string]: string };
}

export interface WrittenCommandTask {
  /** Program and arguments; no shell reads them. */
  run: string[];
  /** More environment variables. */
  environment?: { [name: string]: string };
}

export interface WrittenSlackTask {
  /** A connection of type `slack`. */
  connection: string;
  message: string;
}
