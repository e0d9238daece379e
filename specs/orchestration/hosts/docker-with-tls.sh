# Docker whose API answers on 2376, only to who shows a certificate of our authority.
set -euo pipefail
umask 077
dnf install -y docker python3

# The certificate comes with the instance profile; it is on no command line and in no user data.
mkdir -p /etc/docker/tls
aws secretsmanager get-secret-value --region "$REGION" --secret-id "$TLS_SECRET" --query SecretString --output text |
  python3 -c '
import json, sys
secret = json.load(sys.stdin)
for name in ("ca", "cert", "key"):
    open(f"/etc/docker/tls/{name}.pem", "w").write(secret[name])
'

# No "hosts" in daemon.json: systemd starts dockerd with -H, and both together keep it from starting.
cat > /etc/docker/daemon.json <<'JSON'
{
  "tls": true,
  "tlsverify": true,
  "tlscacert": "/etc/docker/tls/ca.pem",
  "tlscert": "/etc/docker/tls/cert.pem",
  "tlskey": "/etc/docker/tls/key.pem"
}
JSON
mkdir -p /etc/systemd/system/docker.service.d
cat > /etc/systemd/system/docker.service.d/tls.conf <<'UNIT'
[Service]
ExecStart=
ExecStart=/usr/bin/dockerd -H fd:// -H tcp://0.0.0.0:2376 --containerd=/run/containerd/containerd.sock
UNIT
systemctl daemon-reload
systemctl enable --now docker
