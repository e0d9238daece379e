import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer as createPlainServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { connect, createServer, type ConnectionOptions, type TlsOptions } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const PLATFORM = resolve("specs/orchestration");
const HOST = "server0.tripclick-dev.internal";
const lacking = ["bash", "openssl", "python3"].find((name) => spawnSync(name, ["--version"]).error);
const reason = lacking === undefined ? "" : ` (skipped: no ${lacking} is on PATH)`;

let folder: string;
let certificates: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "platc-hosts-"));
  certificates = join(folder, "certificates");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const make = (...args: readonly string[]) =>
  spawnSync("sh", [join(PLATFORM, "tls/make-certificates.sh"), ...args], { encoding: "utf8" });
const pem = (name: string): string => readFileSync(join(certificates, name), "utf8");
/** What a variable of the platform holds, and the secret of a host with the authority beside it. */
const pair = (name: string) =>
  JSON.parse(pem(`${name}.json`)) as { readonly cert: string; readonly key: string };

/** A machine of its own: a folder in place of `/`, and programs that write down how they were called. */
class Machine {
  readonly root: string;
  constructor(name: string, secret: string) {
    this.root = join(folder, name);
    mkdirSync(join(this.root, "bin"), { recursive: true });
    for (const program of ["dnf", "systemctl", "curl"]) this.program(program, "");
    this.program("aws", `printf '%s' '${secret.replaceAll("'", "'\\''")}'`);
  }

  program(name: string, does: string): void {
    const path = join(this.root, "bin", name);
    writeFileSync(path, `#!/bin/sh\necho "${name} $*" >>'${this.root}/calls'\n${does}\n`);
    chmodSync(path, 0o755);
  }

  /** As the module makes user data of it: a shell, variables, the script. */
  run(script: string, environment: Readonly<Record<string, string>> = {}) {
    const text = readFileSync(join(PLATFORM, "hosts", script), "utf8").replaceAll(
      /(?<![\w.])\/(?=(etc|usr\/local)\/)/g,
      `${this.root}/`,
    );
    const path = join(this.root, script);
    const exports = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'\n`);
    writeFileSync(path, `#!/bin/bash\n${exports.join("")}${text}`);
    chmodSync(path, 0o755);
    mkdirSync(join(this.root, "etc"), { recursive: true });
    return spawnSync(path, [], {
      encoding: "utf8",
      env: { PATH: `${join(this.root, "bin")}:${process.env["PATH"]}` },
    });
  }

  calls(): readonly string[] {
    const path = join(this.root, "calls");
    return existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }
}

describe.skipIf(reason !== "")(
  `the hosts of the orchestration platform${reason}`,
  { timeout: 120_000 },
  () => {
    beforeAll(() => {
      const made = make(certificates, `server0=${HOST}`, "server1=server1.tripclick-dev.internal");
      expect([made.status, made.stderr]).toEqual([0, ""]);
      expect(made.stdout).toContain("NAME.json for each of: server0 server1 client");
    });

    test("every script is Bash or sh without a mistake of syntax", () => {
      for (const script of ["hosts/docker-with-tls.sh", "hosts/docker.sh"])
        expect(spawnSync("bash", ["-n", join(PLATFORM, script)], { encoding: "utf8" }).stderr).toBe("");
      expect(spawnSync("sh", ["-n", join(PLATFORM, "tls/make-certificates.sh")]).status).toBe(0);
    });

    test("certificates are for the user alone, each for its host and for one end of the wire", () => {
      for (const name of readdirSync(certificates))
        expect(statSync(join(certificates, name)).mode & 0o077, name).toBe(0);
      const verify = (purpose: string, ...args: readonly string[]) =>
        spawnSync("openssl", ["verify", "-CAfile", "ca.pem", "-purpose", purpose, ...args], {
          cwd: certificates,
          encoding: "utf8",
        }).status;
      expect(verify("sslserver", "-verify_hostname", HOST, "server0.pem")).toBe(0);
      expect(verify("sslclient", "client.pem")).toBe(0);
      expect(verify("sslserver", "-verify_hostname", HOST, "server1.pem")).not.toBe(0);
      expect(verify("sslclient", "server0.pem")).not.toBe(0);
      expect(verify("sslserver", "client.pem")).not.toBe(0);
      expect(make(join(folder, "none"))).toMatchObject({
        status: 64,
        stderr: expect.stringContaining("Usage: make-certificates.sh FOLDER NAME=HOST..."),
      });
    });

    describe("Docker with TLS", () => {
      let machine: Machine;
      const environment = { REGION: "ap-northeast-2", TLS_SECRET: "tripclick-dev/docker/server0" };

      beforeAll(() => {
        machine = new Machine("server0", JSON.stringify({ ca: pem("ca.pem"), ...pair("server0") }));
        const ran = machine.run("docker-with-tls.sh", environment);
        expect([ran.status, ran.stdout, ran.stderr]).toEqual([0, "", ""]);
      });

      test("is installed, set up, and only then started", () => {
        expect(machine.calls()).toEqual([
          "dnf install -y docker python3",
          "aws secretsmanager get-secret-value --region ap-northeast-2 --secret-id tripclick-dev/docker/server0 --query SecretString --output text",
          "systemctl daemon-reload",
          "systemctl enable --now docker",
        ]);
        expect(statSync(join(machine.root, "etc/docker/tls/key.pem")).mode & 0o077).toBe(0);
      });

      test("listens where systemd says, and daemon.json does not say it again", () => {
        const settings = JSON.parse(machine.read("etc/docker/daemon.json")) as Readonly<
          Record<string, unknown>
        >;
        expect(settings).toMatchObject({ tls: true, tlsverify: true });
        expect(settings).not.toHaveProperty("hosts");
        const starts = machine
          .read("etc/systemd/system/docker.service.d/tls.conf")
          .split("\n")
          .filter((line) => line.startsWith("ExecStart="));
        // The empty one takes the distribution's away; a service of this type may have no second.
        expect(starts).toHaveLength(2);
        expect(starts[0]).toBe("ExecStart=");
        expect(starts[1]).toContain(" -H tcp://0.0.0.0:2376 ");
        expect(starts[1]).not.toContain("2375");
      });

      const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;
      test.skipIf(!hasSystemd)("the unit with its drop-in is one that systemd takes", () => {
        const units = join(machine.root, "etc/systemd/system");
        const conf = join(units, "docker.service.d/tls.conf");
        const dockerd = join(machine.root, "bin/dockerd");
        machine.program("dockerd", "");
        const written = readFileSync(conf, "utf8");
        writeFileSync(conf, written.replaceAll("/usr/bin/dockerd", dockerd));
        writeFileSync(
          join(units, "docker.service"),
          `[Service]\nType=notify\nExecStart=${dockerd} -H fd:// --containerd=/run/containerd/containerd.sock\n`,
        );
        const verify = () =>
          spawnSync("systemd-analyze", ["verify", "--man=no", join(units, "docker.service")], {
            encoding: "utf8",
            env: { ...process.env, SYSTEMD_UNIT_PATH: `${units}:` },
          }).stderr;
        expect(verify()).not.toContain("docker.service");
        writeFileSync(conf, readFileSync(conf, "utf8").replace("ExecStart=\n", ""));
        expect(verify()).toContain("more than one ExecStart=");
        writeFileSync(conf, written);
      });

      test("who shows a certificate of the authority for clients is answered, and nobody else", async () => {
        const server = await serve(daemonTls(machine));
        const port = (server.address() as AddressInfo).port;
        const client = { cert: pem("client.pem"), key: pem("client.key") };
        expect(await ping(port, client)).toContain("200 OK");
        expect(await ping(port, {})).toMatch(/ALERT|alert|closed/);
        expect(await ping(port, pair("server1"))).toMatch(/ALERT|alert|closed/);
        expect(make(join(folder, "others"), `server0=${HOST}`).status).toBe(0);
        const stranger = (name: string) => readFileSync(join(folder, "others", name), "utf8");
        expect(await ping(port, { cert: stranger("client.pem"), key: stranger("client.key") })).toMatch(
          /ALERT|alert|closed/,
        );
        // The client looks at the server, too.
        expect(await ping(port, { ...client, ca: stranger("ca.pem") })).toMatch(
          /self-signed|unable to verify/,
        );
        expect(await ping(port, { ...client, servername: "elsewhere.internal" })).toContain("does not match");
        server.close();
      });

      test("without its certificate it is not started", () => {
        const without = new Machine("without", "");
        without.program("aws", "echo AccessDenied >&2; exit 254");
        expect(without.run("docker-with-tls.sh", environment).status).not.toBe(0);
        const { key: _key, ...partly } = pair("server0");
        const part = new Machine("partly", JSON.stringify({ ca: pem("ca.pem"), ...partly }));
        expect(part.run("docker-with-tls.sh", environment)).toMatchObject({
          status: 1,
          stderr: expect.stringContaining("KeyError: 'key'"),
        });
        for (const { calls } of [without, part].map((one) => ({ calls: one.calls() })))
          expect(calls.filter((call) => call.startsWith("systemctl"))).toEqual([]);
      });
    });

    test("Docker with compose takes the plugin for its machine, and is started after it", () => {
      const machine = new Machine("airflow", "");
      machine.program("curl", 'while [ $# -gt 1 ]; do [ "$1" = -o ] && echo plugin >"$2"; shift; done');
      const ran = machine.run("docker.sh");
      expect([ran.status, ran.stderr]).toEqual([0, ""]);
      const arch = execFileSync("uname", ["-m"], { encoding: "utf8" }).trim();
      expect(machine.calls()).toEqual([
        "dnf install -y docker",
        expect.stringMatching(new RegExp(`^curl -fsSL .*/v[\\d.]+/docker-compose-linux-${arch}$`)),
        "systemctl enable --now docker",
      ]);
      const plugin = join(machine.root, "usr/local/lib/docker/cli-plugins/docker-compose");
      expect(statSync(plugin).mode & 0o777).toBe(0o755);
      const offline = new Machine("offline", "");
      offline.program("curl", "exit 6");
      expect(offline.run("docker.sh").status).toBe(6);
      expect(offline.calls().at(-1)).toMatch(/^curl/);
    });

    describe("the check that strangers are refused", () => {
      const check = (port: number) => runPython("refuses_strangers.py", "127.0.0.1", String(port));

      test("passes where a client certificate is asked for, whatever version of TLS", async () => {
        for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
          const tls = { ca: pem("ca.pem"), ...pair("server0"), requestCert: true, rejectUnauthorized: true };
          const server = await serve({ ...tls, minVersion: version, maxVersion: version });
          const { code, output } = await check((server.address() as AddressInfo).port);
          expect([code, output], version).toEqual([0, expect.stringMatching(/^refused: /)]);
          server.close();
        }
      });

      test("fails where TLS asks for none, where there is no TLS, and where nobody is", async () => {
        const open = await serve(pair("server0"));
        expect(await check((open.address() as AddressInfo).port)).toEqual({
          code: 1,
          output: expect.stringContaining("answered a stranger: b'HTTP/1.1 200 OK"),
        });
        open.close();
        const clear = createPlainServer((socket) => {
          socket.on("error", () => undefined);
          socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
        });
        await new Promise<void>((done) => clear.listen(0, "127.0.0.1", done));
        const { port } = clear.address() as AddressInfo;
        expect(await check(port)).toEqual({
          code: 1,
          output: expect.stringContaining("is no TLS server that asks for a certificate"),
        });
        await new Promise((done) => clear.close(done));
        expect(await check(port)).toEqual({ code: 1, output: expect.stringContaining("could not be asked") });
      });
    });
  },
);

/** What dockerd would serve with, from its own settings. */
function daemonTls(machine: Machine): TlsOptions {
  const settings = JSON.parse(machine.read("etc/docker/daemon.json")) as Readonly<Record<string, string>>;
  const file = (name: string): string => readFileSync(settings[name] ?? "", "utf8");
  return {
    ca: file("tlscacert"),
    cert: file("tlscert"),
    key: file("tlskey"),
    requestCert: Boolean(settings["tlsverify"]),
    rejectUnauthorized: Boolean(settings["tlsverify"]),
    minVersion: "TLSv1.2",
  };
}

/** Stands in for Docker's API: whoever gets through is answered. */
async function serve(options: TlsOptions): Promise<Server> {
  const server = createServer(options, (socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK"));
  });
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return server;
}

/** What a client hears, or why it hears nothing. */
function ping(port: number, options: ConnectionOptions): Promise<string> {
  return new Promise((done) => {
    const socket = connect({ host: "127.0.0.1", port, servername: HOST, ca: pem("ca.pem"), ...options });
    let heard = "";
    socket.on("secureConnect", () => socket.write("GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n"));
    socket.on("data", (bytes: Buffer) => (heard += bytes));
    socket.on("error", (error) => (heard ||= error.message));
    socket.on("close", () => done(heard || "closed"));
  });
}

/** Not synchronous: what it talks to is served by this process. */
function runPython(
  check: string,
  ...args: readonly string[]
): Promise<{ code: number | null; output: string }> {
  const child = spawn("python3", [join(PLATFORM, "checks", check), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes: Buffer) => (output += bytes));
  return new Promise((done) => child.once("close", (code) => done({ code, output })));
}
