# Docker with compose, for a host of Amazon Linux 2023.
set -euo pipefail
dnf install -y docker
mkdir -p /usr/local/lib/docker/cli-plugins
arch="$(uname -m)"
curl -fsSL -o /usr/local/lib/docker/cli-plugins/docker-compose \
  "https://github.com/docker/compose/releases/download/v2.39.4/docker-compose-linux-$arch"
chmod 755 /usr/local/lib/docker/cli-plugins/docker-compose
systemctl enable --now docker
