/** What a developer runs on the own machine. `platc generate compose ENVIRONMENT` writes it out. Besides `platform`, `environment`, `customer`, `app` and `vars`, templates read `inputs.STACK.INPUT`, `inputs.STACK.CALL.INPUT`, `services.NAME` and `compose.password`. */
export interface WrittenCompose {
  /** The environments that are run so; all that are not shared if left out. */
  environments?: string[];
  /** The services, by name. With `per: customer`, the customer stands before it: `acme-hive`. */
  services: { [name: string]: WrittenComposeService };
}

export interface WrittenComposeService {
  /** One sentence for people. */
  description?: string;
  /** The app that the service runs: its image is built where `image` is left out, and with `per: customer` only customers that have the app get a service. */
  app?: string;
  /**
   * One service, or one per customer.
   * @default "environment"
   */
  per?: "environment" | "customer";
  /** The image, with its tag; the one that is built for the app if left out. */
  image?: string;
  /** Ends by itself; what comes after it waits until it has done so well. */
  job?: boolean;
  /** Services that come first: jobs that have ended, others that are healthy. */
  after?: string[];
  /** As whom it runs in its container, such as `0:0`. */
  user?: string;
  /** In place of the program of the image. */
  entrypoint?: string[];
  /** Arguments of the program. */
  command?: string[];
  /** Environment variables. */
  environment?: { [name: string]: string };
  /** Ports that this machine reaches, and no other: the same ones, or those that are named. */
  ports?: (number | WrittenComposePort)[];
  /** What outlives a container: the path in it, by the name of a volume. Services that name the same volume share it. */
  volumes?: { [name: string]: string };
  /** Files in the container, which cannot be changed there, by their path. */
  files?: { [path: string]: WrittenComposeFile };
  /** How to see that it works, or `image` where the image itself says it. Every service that is no job has one. */
  healthcheck?: "image" | WrittenComposeHealthcheck;
  /**
   * What it may take of the memory.
   * @pattern ^[1-9][0-9]*[mg]$
   * @patternErrorMessage memory is written like '512m' or '2g'
   */
  memory?: string;
}

export interface WrittenComposePort {
  /**
   * The port in the container.
   * @minimum 1
   * @maximum 65535
   */
  container: number;
  /**
   * The port of this machine; with `per: customer` that of the first customer, and the next ones for the others.
   * @minimum 1
   * @maximum 65535
   */
  host: number;
}

/** A file: settings, and exactly one kind of content. */
export interface WrittenComposeFile {
  /** One file for each customer, whose name then stands in the path as a template. */
  per?: "customer";
  /** Only where the customer has this app. */
  app?: string;
  /** A file or folder beside the spec. */
  source?: string;
  /** Text. */
  text?: string;
  /** A file of properties, `NAME=VALUE`: a map, or several of which the later ones win. `null` leaves a property out. */
  properties?: unknown;
  /** Hadoop's XML of properties: a map, or several of which the later ones win. `null` leaves a property out. */
  hadoop?: unknown;
  /** JSON. */
  json?: unknown;
}

export interface WrittenComposeHealthcheck {
  /** Program and arguments; no shell. */
  run: string[];
  /**
   * Seconds between two tries.
   * @default 5
   * @minimum 1
   */
  interval?: number;
  /**
   * Seconds that one try may take.
   * @default 5
   * @minimum 1
   */
  timeout?: number;
  /**
   * How often it may fail, one after the other.
   * @default 30
   * @minimum 1
   */
  attempts?: number;
}
