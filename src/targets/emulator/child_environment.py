"""What a child process finds in its environment: AWS as it is emulated here, and nothing of the server's own."""

import os
from typing import Dict

# A way out of the machine, for code that reads a public source.
PASSED_ON = ("PATH", "LANG", "TMPDIR", "SYSTEMROOT", "HTTP_PROXY", "HTTPS_PROXY", "SSL_CERT_FILE")


def child_environment(endpoint: str, region: str) -> Dict[str, str]:
    """The environment in which the AWS SDKs reach the emulator by themselves."""
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    no_proxy = [name for name in (os.environ.get("NO_PROXY"), "127.0.0.1", "localhost") if name]
    return {
        **environment,
        "NO_PROXY": ",".join(no_proxy),
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_ACCESS_KEY_ID": "emulator",
        "AWS_SECRET_ACCESS_KEY": "emulator",
        "AWS_SESSION_TOKEN": "emulator",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
