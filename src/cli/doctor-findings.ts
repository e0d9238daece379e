import type { Platform } from "../stacks/platform-model.ts";
import type { Environment } from "../terraform/child-environment.ts";
import type { FoundTerraform, MissingTerraform } from "../terraform/find-terraform.ts";
import type { Flavour } from "../text/flavour.ts";

/** One line of `platc doctor`. */
export interface Finding {
  readonly name: string;
  /** `missing` keeps platc from working; `warn` keeps it from something. */
  readonly status: "ok" | "warn" | "missing";
  readonly message: string;
  /** How to get it. */
  readonly hint?: string;
}

/** What the findings are about. */
export interface Patient {
  readonly environment: Environment;
  readonly root: string;
  /** Undefined where there is no spec, or where it cannot be understood. */
  readonly platform: Platform | undefined;
  readonly lockText: string | undefined;
}

export function findNode(version: string = process.versions.node): Finding {
  if (Number(version.split(".")[0]) >= 20)
    return { name: "node", status: "ok", message: `Node.js ${version}` };
  return {
    name: "node",
    status: "missing",
    message: `Node.js ${version} is too old`,
    hint: "Install Node.js 20 or newer.",
  };
}

export async function findTerraformTool(patient: Patient): Promise<Finding> {
  const { FLAVOURS } = await import("../text/flavour.ts");
  const found = await findBy(patient);
  const { command, requiredVersion: constraint = "" } = patient.platform?.spec ?? {};
  const name = command ?? "terraform";
  if (found.status === "missing")
    return { name, status: "missing", message: found.message, hint: found.hint };
  const { program, product } = FLAVOURS[found.flavour];
  const meets = constraint === "" ? "" : `, which meets '${constraint}'`;
  const message = `${product} ${found.version} at '${found.path}'${meets}`;
  if (command === undefined || program === command) return { name, status: "ok", message };
  return {
    name,
    status: "warn",
    message: `${message}; the spec says 'command: ${command}'`,
    hint: patient.environment["PLATC_TERRAFORM"]
      ? "PLATC_TERRAFORM wins over the spec: unset it to run what the spec says."
      : `'${command}' on the PATH is ${product}: put another folder before it on the PATH.`,
  };
}

async function findBy({ environment, platform }: Patient): Promise<FoundTerraform | MissingTerraform> {
  const { cacheFolder } = await import("../terraform/cache-folder.ts");
  const { findTerraform } = await import("../terraform/find-terraform.ts");
  const { command, requiredVersion: constraint = "" } = platform?.spec ?? {};
  return findTerraform({ environment, command, constraint, cacheFolder: cacheFolder(environment) });
}

/** Of what is there, else of what the spec asks for. */
async function flavourFor(patient: Patient): Promise<Flavour> {
  const { flavourOf } = await import("../text/flavour.ts");
  const found = await findBy(patient);
  return found.status === "found" ? found.flavour : flavourOf(patient.platform?.spec.command);
}

/** Where each provider of the platform would come from. */
export async function findProviders(patient: Patient): Promise<readonly Finding[]> {
  const { environment, root, platform, lockText } = patient;
  const { homeFolder } = await import("../terraform/cache-folder.ts");
  const { hostPlatform } = await import("../terraform/host-platform.ts");
  const { findProviderMirrors } = await import("../terraform/provider-mirror.ts");
  const { cachedProviders } = await import("../terraform/cached-providers.ts");
  const { platformProviders } = await import("../emit/platform-providers.ts");
  const flavour = await flavourFor(patient);
  const places = {
    environment,
    home: homeFolder(environment),
    project: root,
    platform: hostPlatform(),
    flavour,
  };
  const { mirrors, notes } = findProviderMirrors(places);
  const warnings = notes.map((note): Finding => ({ name: "providers", status: "warn", ...note }));
  const needed = platform === undefined ? [] : platformProviders(platform, flavour);
  const cached = cachedProviders(environment, lockText);
  const origins = needed.map(({ source }): Finding => {
    const mirror = mirrors.find(({ providers }) => providers.some((one) => one.source === source));
    const versions = mirror?.providers.filter((one) => one.source === source).map(({ version }) => version);
    const kept = cached.find((one) => one.source === source)?.version;
    const elsewhere = kept === undefined ? "from its registry" : `${kept} from platc's cache`;
    const from = mirror ? `${versions?.join(", ")} from the mirror '${mirror.path}'` : elsewhere;
    return { name: "providers", status: "ok", message: `'${source}': ${from}` };
  });
  return [...warnings, ...origins];
}

export async function findLock({ platform, lockText }: Patient): Promise<readonly Finding[]> {
  if (platform === undefined) return [];
  const { lockProblems } = await import("../terraform/lock-problems.ts");
  const { platformProviders } = await import("../emit/platform-providers.ts");
  const { flavourOf } = await import("../text/flavour.ts");
  const { command } = platform.spec;
  const hint = "Run 'platc lock', then 'platc compile'.";
  if (lockText === undefined) {
    const message = "The platform has no provider lock: every machine may take other versions";
    return [{ name: "lock", status: "warn", message, hint }];
  }
  const problems = lockProblems(lockText, platformProviders(platform, flavourOf(command)), command);
  if (problems.length === 0)
    return [{ name: "lock", status: "ok", message: "The provider lock fits the spec" }];
  return problems.map((message) => ({ name: "lock", status: "warn", message, hint }));
}

export async function findEmulatorTool({ environment, root }: Patient): Promise<Finding> {
  const { findEmulator } = await import("../targets/find-emulator.ts");
  const { findPython } = await import("../targets/python-environment.ts");
  const running = await findEmulator(root, environment);
  if (running?.status === "failed")
    return { name: "emulator", status: "warn", message: running.message, hint: running.hint };
  if (running)
    return { name: "emulator", status: "ok", message: `runs at ${running.endpoint} (${running.version})` };
  const python = await findPython({ environment, projectRoot: root });
  if (python.status === "ok") {
    const message = `can be started: Python ${python.version} with moto ${python.moto}`;
    return { name: "emulator", status: "ok", message };
  }
  if (python.status === "failed")
    return { name: "emulator", status: "warn", message: python.message, hint: python.hint };
  return {
    name: "emulator",
    status: "ok",
    message: `can be started: Python ${python.base.version}; the first start installs moto into .platc/emulator/venv`,
  };
}

/** None for a platform that has nothing to do with AWS. */
export async function findAwsCredentials({ environment, platform }: Patient): Promise<readonly Finding[]> {
  const isOnAws = (): boolean =>
    [...(platform?.spec.providers.values() ?? [])].some(({ localName }) => localName === "aws") ||
    (platform?.stacks ?? []).some(({ state }) => state.backend === "s3");
  if (platform !== undefined && !isOnAws()) return [];
  const { awsCredentialSource } = await import("../targets/aws-credential-source.ts");
  const source = awsCredentialSource(environment);
  if (source !== undefined) return [{ name: "aws", status: "ok", message: `AWS credentials: ${source}` }];
  const message =
    "No AWS credentials are seen; the emulator needs none, and a machine's own role is not asked";
  const hint = "Run 'aws sso login' or 'aws configure', or name a profile in AWS_PROFILE.";
  return [{ name: "aws", status: "warn", message, hint }];
}

/** By what platc would sign in where the states of a platform lie on Azure. */
export async function findAzureCredentials({ environment, platform }: Patient): Promise<readonly Finding[]> {
  const stack = platform?.stacks.find(({ state }) => state.backend === "azurerm");
  if (stack === undefined) return [];
  const { backendOf } = await import("../run/backend-of.ts");
  const { completeAzureSettings } = await import("../stores/azure-settings.ts");
  const { azureCredentialSource } = await import("../targets/azure-credential-source.ts");
  const { config } = backendOf(stack);
  try {
    // A metadata host would be asked over the network.
    const settings = await completeAzureSettings(
      { ...config, metadata_host: undefined },
      { ...environment, ARM_METADATA_HOST: undefined, ARM_METADATA_HOSTNAME: undefined },
    );
    const source = azureCredentialSource(settings, environment);
    if (source !== undefined)
      return [{ name: "azure", status: "ok", message: `Azure credentials: ${source}` }];
  } catch (error) {
    return [{ name: "azure", status: "warn", message: (error as Error).message }];
  }
  const hint =
    "Run 'az login', or set ARM_TENANT_ID and ARM_CLIENT_ID with ARM_CLIENT_SECRET or ARM_USE_OIDC.";
  return [{ name: "azure", status: "warn", message: "No Azure credentials are seen", hint }];
}

export async function findGit({ environment, root }: Patient): Promise<Finding> {
  const { execFile } = await import("node:child_process");
  const git = (args: readonly string[]): Promise<string | undefined> =>
    new Promise((done) => {
      const options = { cwd: root, env: { ...environment } };
      execFile("git", args, options, (error, stdout) => done(error ? undefined : stdout.trim()));
    });
  const version = await git(["--version"]);
  const hint = "Install git: 'platc affected' compares revisions with it.";
  if (version === undefined) return { name: "git", status: "warn", message: "There is no git", hint };
  const isRepository = (await git(["rev-parse", "--is-inside-work-tree"])) === "true";
  const number = version.replace(/^git version /, "");
  if (isRepository) return { name: "git", status: "ok", message: `git ${number}` };
  return {
    name: "git",
    status: "warn",
    message: `git ${number}, but the project is in no repository`,
    hint: "Run 'git init': out/ is made to be committed and reviewed.",
  };
}

/** Backends with which platc compiles and does not run. */
export async function findUnusableBackends({ platform }: Patient): Promise<readonly Finding[]> {
  if (platform === undefined) return [];
  const { UNUSABLE_BACKEND_HINT: hint, unusableBackends } = await import("./unusable-backends.ts");
  return [...unusableBackends(platform)].map(([backend, count]) => {
    const message = `plan and apply refuse the '${backend}' backend, which ${count === 1 ? "1 stack has" : `${count} stacks have`}`;
    return { name: "state", status: "warn", message, hint };
  });
}

/** Local states that a commit would take along. */
export async function findUnignoredStates({
  environment,
  root,
  platform,
}: Patient): Promise<readonly Finding[]> {
  if (platform === undefined) return [];
  const { unignoredStates } = await import("./unignored-states.ts");
  const found = await unignoredStates(platform, root, environment);
  return found ? [{ name: "state", status: "warn", ...found }] : [];
}

/** Asks each state backend whether it is there: the only finding that calls the cloud. */
export async function findStateBackends({
  environment,
  root,
  platform,
}: Patient): Promise<readonly Finding[]> {
  const { openStore } = await import("../stores/open-store.ts");
  const { toPlain } = await import("../templates/value.ts");
  const { makeByHand } = await import("./make-by-hand.ts");
  const hasBootstrap = platform?.spec.bootstrap !== undefined;
  const backends = new Map(
    (platform?.stacks ?? []).map(({ state }) => {
      const config = toPlain(state.config) as Readonly<Record<string, unknown>>;
      return [JSON.stringify([state.backend, config]), { type: state.backend, config }];
    }),
  );
  const findings = [...backends.values()].map(async (backend): Promise<Finding> => {
    try {
      const store = await openStore(backend, environment, root);
      if (await store.exists()) return { name: "state", status: "ok", message: `${store.location} is there` };
      const message = `${store.location} does not exist yet`;
      const byHand = makeByHand(backend);
      const hint =
        hasBootstrap || byHand === undefined ? "'platc bootstrap' makes it." : `Make it by hand: ${byHand}`;
      return { name: "state", status: "warn", message, hint };
    } catch (error) {
      const hint = "See the backend's settings in the spec, and the credentials.";
      return { name: "state", status: "warn", message: (error as Error).message, hint };
    }
  });
  return Promise.all(findings);
}
