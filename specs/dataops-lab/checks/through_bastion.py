"""PostgreSQL answers who comes through the bastion. Arguments: bastion, host, port, database, user, ARN of the secret.

`ssh` takes the key from the agent or from ~/.ssh/config, and the bastion must be in known_hosts or be met for the first
time; `psql` gets the password by its environment.
"""

import json
import os
import socket
import subprocess
import sys
import time

import boto3

WAIT_SECONDS = 20
bastion, host, port, database, user, secret = sys.argv[1:]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def open_tunnel(local: int) -> subprocess.Popen:
    options = ["BatchMode=yes", "ExitOnForwardFailure=yes", "StrictHostKeyChecking=accept-new", f"ConnectTimeout={WAIT_SECONDS}"]
    flags = [part for option in options for part in ("-o", option)]
    forward = f"127.0.0.1:{local}:{host}:{port}"
    tunnel = subprocess.Popen(["ssh", "-N", *flags, "-L", forward, f"ec2-user@{bastion}"], stdin=subprocess.DEVNULL)
    for _ in range(WAIT_SECONDS * 10):
        if tunnel.poll() is not None:
            sys.exit(f"the bastion let nobody through: ssh exited with {tunnel.returncode}")
        try:
            socket.create_connection(("127.0.0.1", local), timeout=1).close()
            return tunnel
        except OSError:
            time.sleep(0.1)
    tunnel.terminate()
    sys.exit(f"the bastion opened no tunnel within {WAIT_SECONDS} s")


def ask(local: int, password: str) -> subprocess.CompletedProcess:
    # The certificate names the database and not this end of the tunnel; what RDS wants is that the line is encrypted.
    place = f"host=127.0.0.1 port={local} dbname={database} user={user} sslmode=prefer connect_timeout={WAIT_SECONDS}"
    query = ["psql", place, "--no-psqlrc", "--no-password", "--tuples-only", "--no-align", "-c", "SELECT 'answered'"]
    return subprocess.run(query, env={**os.environ, "PGPASSWORD": password}, capture_output=True, text=True)


password = json.loads(boto3.client("secretsmanager").get_secret_value(SecretId=secret)["SecretString"])["password"]
local = free_port()
tunnel = open_tunnel(local)
try:
    asked = ask(local, password)
finally:
    tunnel.terminate()
    tunnel.wait()
if asked.returncode != 0 or asked.stdout.strip() != "answered":
    sys.exit(f"{host}:{port} did not answer through {bastion}: {asked.stderr.strip()}")
print(f"{host}:{port} answers through {bastion}")
