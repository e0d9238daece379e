"""A TLS server that shows its certificate, and refuses who shows none. Arguments: host, port."""

import socket
import ssl
import sys

# What servers say to who has no certificate before they talk, by TLS version and library.
REFUSALS = {
    "TLSV13_ALERT_CERTIFICATE_REQUIRED",
    "SSLV3_ALERT_BAD_CERTIFICATE",
    "SSLV3_ALERT_HANDSHAKE_FAILURE",
}

host, port = sys.argv[1], int(sys.argv[2])
context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE  # who it is does not matter here: it must not talk to us


def ask(stream: ssl.SSLSocket) -> str:
    """With TLS 1.3 the refusal comes after the handshake, with the first answer. Empty where there is none."""
    try:
        stream.sendall(b"GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n")
        answer = stream.recv(1024)
    except ConnectionError:
        return ""
    return f"{host}:{port} answered a stranger: {answer[:40]!r}" if answer else ""


try:
    with socket.create_connection((host, port), timeout=10) as plain, context.wrap_socket(plain) as stream:
        fault = ask(stream)
        print(fault or "refused: connection closed")
except ssl.SSLError as error:
    # Anything else, such as a server without TLS, says nothing about certificates.
    fault = "" if error.reason in REFUSALS else f"{host}:{port} is no TLS server that asks for a certificate: {error}"
    print(fault or f"refused: {error.reason}")
except OSError as error:
    fault = f"{host}:{port} could not be asked: {error}"
    print(fault)
sys.exit(1 if fault else 0)
