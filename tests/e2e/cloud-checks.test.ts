import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import ssh2 from "ssh2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runChecks } from "../../src/checks/run-checks.ts";
import type { CheckResult } from "../../src/checks/check-result.ts";
import { analyse } from "../../src/compile.ts";
import { diskSources } from "../../src/disk/disk-sources.ts";
import { parseHcl } from "../../src/disk/hcl-parser.ts";
import { parseJson } from "../../src/plans/json.ts";
import type { CheckSpec } from "../../src/stacks/stack.ts";
import { isComputed, type Value } from "../../src/templates/value.ts";
import { stopEmulator } from "../../src/targets/stop-emulator.ts";
import { openEmulator } from "../../src/targets/emulator-target.ts";
import { findPythonWithMoto } from "./python-with-moto.ts";
import { openScratchPostgres } from "./scratch-postgres.ts";

/** Values that the outputs of stacks have in a test: `self`'s own by name, others as `address#output`. */
type Outputs = Readonly<Record<string, string | number>>;

const python = findPythonWithMoto();
const noMoto =
  python === undefined ? " (skipped: no python3 with moto[server] on PATH or in PLATC_PYTHON)" : "";
const postgres = await openScratchPostgres();
const lacksSsh = ["ssh", "psql"].find((name) => spawnSync(name, ["-V"]).error);
const noTunnel =
  typeof postgres === "string"
    ? ` (skipped: ${postgres})`
    : lacksSsh === undefined
      ? noMoto
      : ` (skipped: no ${lacksSsh} is on PATH)`;

const folder = mkdtempSync(join(tmpdir(), "platc-cloud-checks-"));
const servers = new Set<Server>();

afterAll(async () => {
  for (const server of servers) server.close();
  if (typeof postgres !== "string") await postgres.close();
  rmSync(folder, { recursive: true, force: true });
});

async function listening<S extends Server>(server: S): Promise<number> {
  servers.add(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
}

/** A port at which nobody is. */
async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  await new Promise((done) => server.close(done));
  return port;
}

/** A check as a spec declares it for a stack; where it names a port, the one that a test can open is named instead. */
async function declared(platform: string, address: string, name: string, port?: number): Promise<CheckSpec> {
  const spec = `specs/${platform}/platform.yaml`;
  const analysis = await analyse(diskSources(resolve(".")), { spec, parseHcl });
  const check = analysis.platform?.stackByAddress.get(address)?.checks.find((one) => one.name === name);
  if (!check) throw new Error(`'${address}' has no check '${name}'`);
  const moved = (value: Value): Value => {
    if (port === undefined || !isComputed(value)) return value;
    const parts = value.parts.map((part) =>
      typeof part === "string" ? part.replace(/^:\d+\//, `:${port}/`) : part,
    );
    return { ...value, parts };
  };
  const settings = new Map([...check.settings].map(([key, value]) => [key, moved(value)]));
  if (port !== undefined && typeof settings.get("port") === "number") settings.set("port", port);
  return { ...check, settings, attempts: 1, after: [], timeoutSeconds: Math.min(check.timeoutSeconds, 40) };
}

async function run(
  platform: string,
  check: CheckSpec,
  outputs: Outputs = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<CheckResult> {
  const known = new Map(
    Object.entries(outputs).map(([name, value]) => [
      name,
      { value: parseJson(JSON.stringify(value)), sensitive: false },
    ]),
  );
  const [result] = await runChecks({
    checks: [check],
    known: {
      self: known,
      outputs: (address, output) => known.get(`${address}#${output}`),
      variables: new Map(),
      path: (path) => resolve(path),
    },
    context: {
      environment: { PATH: process.env["PATH"] ?? "", ...environment },
      specFolder: resolve("specs", platform),
      target: "cloud",
    },
  });
  if (!result) throw new Error("no check was run");
  return result;
}

const verdict = ({ status, message }: CheckResult): readonly string[] => [status, message];

describe("ports", () => {
  test("SSH of the bastion: passes where it is open, and fails where it is not", async () => {
    const port = await listening(createServer((socket) => socket.end()));
    const ssh = (at: number) => declared("dataops-lab", "prod/bastion", "ssh", at);
    expect(await run("dataops-lab", await ssh(port), { public_ip: "127.0.0.1" })).toMatchObject({
      status: "passed",
    });
    expect(await run("dataops-lab", await ssh(await closedPort()), { public_ip: "127.0.0.1" })).toMatchObject(
      { status: "failed" },
    );
  });

  test.skipIf(typeof postgres === "string")(
    "the database without the bastion: passes where nobody answers, and fails before a PostgreSQL that does",
    async () => {
      const { port } = postgres as Exclude<typeof postgres, string>;
      const direct = await declared("dataops-lab", "prod/database", "direct");
      const open = await run("dataops-lab", direct, { host: "127.0.0.1", port });
      expect(verdict(open)).toEqual(["failed", `port ${port} of '127.0.0.1' is open, and was to be closed`]);
      const closed = await run("dataops-lab", direct, { host: "127.0.0.1", port: await closedPort() });
      expect(closed.status).toBe("passed");
      // An address of documentation: packets to it go nowhere, as from outside into a private subnet.
      const silent = { ...direct, timeoutSeconds: 1 };
      expect(await run("dataops-lab", silent, { host: "192.0.2.1", port })).toMatchObject({
        status: "passed",
        message: expect.stringContaining("is closed: "),
      });
    },
  );

  test.each(["server0", "server1"])("Docker of %s in the clear and with TLS", async (host) => {
    const open = await listening(createServer((socket) => socket.end()));
    const closed = await closedPort();
    const ask = async (name: string, port: number) =>
      (
        await run("orchestration", await declared("orchestration", "prod/hosts/webservers", name, port), {
          [`${host}_host`]: "127.0.0.1",
        })
      ).status;
    expect([await ask(`${host}-clear`, closed), await ask(`${host}-clear`, open)]).toEqual([
      "passed",
      "failed",
    ]);
    expect([await ask(`${host}-tls`, open), await ask(`${host}-tls`, closed)]).toEqual(["passed", "failed"]);
  });
});

test("Airflow's health is what it says of its parts, and not that it answers", async () => {
  let answer: object = {};
  const server = createHttpServer((_request, response) => response.end(JSON.stringify(answer)));
  servers.add(server);
  const port = await listening(server);
  const check = await declared("orchestration", "prod/hosts/airflow", "health", port);
  const part = (status: string) => ({ status, latest_heartbeat: "2026-01-05T06:00:00+00:00" });
  const parts = { metadatabase: part("healthy"), scheduler: part("healthy"), triggerer: part("healthy") };
  answer = { ...parts, dag_processor: part("healthy") };
  expect(await run("orchestration", check, { host: "127.0.0.1" })).toMatchObject({ status: "passed" });
  answer = { ...parts, dag_processor: part("healthy"), scheduler: part("unhealthy") };
  const dead = await run("orchestration", check, { host: "127.0.0.1" });
  expect(dead.status).toBe("failed");
  expect(dead.message).toContain("scheduler");
  answer = parts;
  expect(await run("orchestration", check, { host: "127.0.0.1" })).toMatchObject({ status: "failed" });
});

describe.skipIf(noMoto !== "")(`what AWS is asked${noMoto}`, { timeout: 180_000 }, () => {
  let environment: Readonly<Record<string, string>>;

  beforeAll(async () => {
    const opened = await openEmulator({
      projectRoot: folder,
      environment: process.env,
      tell: () => undefined,
    });
    if (opened.status !== "ok") throw new Error(opened.message);
    environment = {
      ...{ AWS_ENDPOINT_URL: opened.endpoint, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
      ...{ AWS_DEFAULT_REGION: "us-east-1", HOME: folder, PYTHONDONTWRITEBYTECODE: "1" },
      ...(python?.includes("/") && { PATH: `${dirname(python)}:${process.env["PATH"]}` }),
    };
  }, 120_000);

  afterAll(() => stopEmulator(folder));

  /** What others did in the account, by boto3. */
  function aws(text: string, region: string): void {
    const { status, stderr } = spawnSync(python ?? "", ["-c", `import boto3, json\n${text}`], {
      encoding: "utf8",
      env: { ...process.env, ...environment, AWS_DEFAULT_REGION: region },
    });
    if (status !== 0) throw new Error(stderr);
  }

  test("alarms of the lab: both there, and none gone off", async () => {
    const check = await declared("dataops-lab", "prod/monitoring", "alarms");
    const asked = async () => {
      const { status, details = "", message } = await run("dataops-lab", check, {}, environment);
      return [status, details + message] as const;
    };
    const put = (name: string) =>
      aws(
        `boto3.client("cloudwatch").put_metric_alarm(AlarmName="dataops-lab-prod-${name}", MetricName="m", Namespace="n", Period=60, EvaluationPeriods=1, Threshold=1, ComparisonOperator="GreaterThanThreshold", Statistic="Maximum")`,
        "us-east-1",
      );
    put("bastion-status");
    expect(await asked()).toEqual(["failed", expect.stringContaining("there are 1 alarms, not 2")]);
    put("database-cpu");
    expect((await asked())[0]).toBe("passed");
    aws(
      'boto3.client("cloudwatch").set_alarm_state(AlarmName="dataops-lab-prod-database-cpu", StateValue="ALARM", StateReason="x")',
      "us-east-1",
    );
    expect(await asked()).toEqual([
      "failed",
      expect.stringContaining("dataops-lab-prod-database-cpu is in state ALARM"),
    ]);
  });

  test("alarms of the hosts: all seven, each telling the topic", async () => {
    const check = await declared("orchestration", "prod/monitoring", "alarms");
    const topic = "arn:aws:sns:ap-northeast-2:123456789012:alerts";
    const asked = async () => {
      const { status, details = "" } = await run(
        "orchestration",
        check,
        { "prod/alerts#arn": topic },
        environment,
      );
      return [status, details] as const;
    };
    const put = (count: number, actions: string) =>
      aws(
        `for at in range(${count}): boto3.client("cloudwatch").put_metric_alarm(AlarmName=f"tripclick-prod-{at}", MetricName="m", Namespace="n", Period=60, EvaluationPeriods=1, Threshold=1, ComparisonOperator="GreaterThanThreshold", Statistic="Maximum", AlarmActions=${actions})`,
        "ap-northeast-2",
      );
    put(7, `["${topic}"]`);
    expect((await asked())[0]).toBe("passed");
    put(1, '["arn:aws:sns:ap-northeast-2:123456789012:nobody"]');
    expect(await asked()).toEqual([
      "failed",
      expect.stringContaining(`tripclick-prod-0 does not tell ${topic}`),
    ]);
  });

  test("rules: as many as the table makes, none for Docker in the clear, none for the world", async () => {
    const check = await declared("orchestration", "prod/access", "rules");
    const asked = async () => {
      const { status, details = "" } = await run("orchestration", check, {}, environment);
      return [status, details] as const;
    };
    const ec2 = (text: string) => aws(`ec2 = boto3.client("ec2")\n${text}`, "ap-northeast-2");
    ec2(`vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
for name in ["airflow", "gold", "kafka", "spark", "webserver"]:
    group = ec2.create_security_group(GroupName=f"tripclick-prod-{name}", Description="x", VpcId=vpc)["GroupId"]
    ec2.revoke_security_group_egress(GroupId=group, IpPermissions=[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
def allow(name, port, cidr):
    group = ec2.describe_security_groups(Filters=[{"Name": "group-name", "Values": [f"tripclick-prod-{name}"]}])["SecurityGroups"][0]["GroupId"]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": cidr}]}])
for port in range(21): allow("kafka", 9000 + port, "10.0.0.0/8")
allow("webserver", 80, "0.0.0.0/0")
allow("webserver", 443, "0.0.0.0/0")`);
    expect((await asked())[0]).toBe("passed");
    const add = (name: string, port: number, cidr: string) =>
      ec2(`group = ec2.describe_security_groups(Filters=[{"Name": "group-name", "Values": ["tripclick-prod-${name}"]}])["SecurityGroups"][0]["GroupId"]
ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{"IpProtocol": "tcp", "FromPort": ${port}, "ToPort": ${port}, "IpRanges": [{"CidrIp": "${cidr}"}]}])`);
    add("webserver", 2375, "10.0.0.0/8");
    add("gold", 5432, "0.0.0.0/0");
    const [status, details] = await asked();
    expect(status).toBe("failed");
    expect(details).toContain("there are 25 rules, not 23");
    expect(details).toContain("webserver has Docker without TLS open");
    expect(details).toContain("gold lets the world in at 5432");
  });

  test("connections: each there, of a type, and no value shown", async () => {
    const check = await declared("orchestration", "prod/secrets", "connections");
    const asked = async () => {
      const { status, details = "", message } = await run("orchestration", check, {}, environment);
      return [status, details + message] as const;
    };
    const keep = (name: string, value: string) =>
      aws(
        `boto3.client("secretsmanager").create_secret(Name="tripclick-prod/airflow/connections/${name}", SecretString=${JSON.stringify(value)})`,
        "ap-northeast-2",
      );
    const connection = JSON.stringify({ conn_type: "postgres", host: "h", password: "planted-password" });
    keep("gold", connection);
    keep("slack", "planted-password");
    const [status, details] = await asked();
    expect(status).toBe("failed");
    expect(details).toContain("there is no secret tripclick-prod/airflow/connections/spark_cluster");
    expect(details).toContain("slack holds no JSON");
    expect(details).not.toContain("planted-password");
    keep("spark_cluster", connection);
    aws(
      `boto3.client("secretsmanager").put_secret_value(SecretId="tripclick-prod/airflow/connections/slack", SecretString=${JSON.stringify(connection)})`,
      "ap-northeast-2",
    );
    expect((await asked())[0]).toBe("passed");
  });

  test.skipIf(noTunnel !== "")(
    `PostgreSQL through the bastion: with its key and with the password that AWS keeps${noTunnel}`,
    async () => {
      const { port, password } = postgres as Exclude<typeof postgres, string>;
      const bastion = await openBastion();
      const check = await declared("dataops-lab", "prod/database", "tunnel");
      aws(
        `for name, text in [("right", ${JSON.stringify(JSON.stringify({ username: "postgres", password }))}), ("wrong", '{"password": "planted-password"}')]: boto3.client("secretsmanager").create_secret(Name=name, SecretString=text)`,
        "us-east-1",
      );
      const asked = async (more: Outputs, key = bastion.key) => {
        const {
          status,
          details = "",
          message,
        } = await run(
          "dataops-lab",
          check,
          {
            ...{ "prod/bastion#public_ip": "127.0.0.1", host: "database.internal", port: 5432 },
            ...{ database: "postgres", username: "postgres", secret_arn: "right", ...more },
          },
          { ...environment, PATH: `${bastion.programs(key)}:${environment["PATH"] ?? process.env["PATH"]}` },
        );
        return [status, details + message] as const;
      };
      bastion.leadsTo(port);
      const [status, told] = await asked({});
      expect([status, told]).toEqual(["passed", expect.any(String)]);
      expect(bastion.asked).toEqual(["database.internal:5432"]);
      const wrong = await asked({ secret_arn: "wrong" });
      expect(wrong).toEqual(["failed", expect.stringContaining("password authentication failed")]);
      expect(wrong[1]).not.toContain("planted-password");
      expect(await asked({}, bastion.strangersKey)).toEqual([
        "failed",
        expect.stringContaining("the bastion let nobody through"),
      ]);
      bastion.leadsTo(await closedPort());
      expect(await asked({})).toEqual([
        "failed",
        expect.stringContaining("did not answer through 127.0.0.1"),
      ]);
    },
  );

  /** An SSH server that takes one key, and leads wherever its users ask to one port of this machine. */
  async function openBastion() {
    const [host, user, stranger] = [0, 1, 2].map(() => ssh2.utils.generateKeyPairSync("ed25519"));
    const allowed = ssh2.utils.parseKey(user!.public);
    if (allowed instanceof Error) throw allowed;
    let target = 0;
    const asked: string[] = [];
    const server = new ssh2.Server({ hostKeys: [host!.private] }, (client) => {
      client.on("error", () => undefined);
      client.on("authentication", (context) => {
        const isKnown =
          context.method === "publickey" &&
          context.username === "ec2-user" &&
          context.key.data.equals(allowed.getPublicSSH());
        // Without a signature the client only asks whether the key would do.
        const isSigned =
          context.method !== "publickey" ||
          !context.signature ||
          allowed.verify(context.blob!, context.signature, context.hashAlgo) === true;
        if (isKnown && isSigned) context.accept();
        else context.reject(["publickey"]);
      });
      client.on("ready", () =>
        client.on("tcpip", (accept, reject, { destIP, destPort }) => {
          const onward = connect({ host: "127.0.0.1", port: target }, () => {
            if (!asked.includes(`${destIP}:${destPort}`)) asked.push(`${destIP}:${destPort}`);
            const channel = accept();
            onward.pipe(channel).pipe(onward);
            channel.on("error", () => onward.destroy());
          });
          onward.on("error", () => reject?.());
        }),
      );
    });
    const port = await listening(server as unknown as Server);
    const keyFile = (name: string, text: string): string => {
      const path = join(folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      return path;
    };
    return {
      asked,
      key: keyFile("key", user!.private),
      strangersKey: keyFile("strangers-key", stranger!.private),
      leadsTo: (onward: number) => void (target = onward),
      /** Where `ssh` is the real one, as a user's own configuration would have it. */
      programs(key: string): string {
        const programs = `${key}-programs`;
        mkdirSync(programs, { recursive: true });
        const config = `${key}-config`;
        writeFileSync(
          config,
          `Host 127.0.0.1\n  Port ${port}\n  IdentityFile ${key}\n  IdentitiesOnly yes\n  UserKnownHostsFile ${folder}/known_hosts\n`,
        );
        const real = spawnSync("sh", ["-c", "command -v ssh"], { encoding: "utf8" }).stdout.trim();
        writeFileSync(join(programs, "ssh"), `#!/bin/sh\nexec '${real}' -F '${config}' "$@"\n`);
        chmodSync(join(programs, "ssh"), 0o755);
        return programs;
      },
    };
  }
});
