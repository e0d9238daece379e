"""A TLS server that shows its certificate, and refuses who shows none. Arguments: host, port."""

import socket
import ssl
import sys

host, port = sys.argv[1], int(sys.argv[2])
context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE  # who it is does not matter here: it must not talk to us
try:
    with socket.create_connection((host, port), timeout=10) as plain, context.wrap_socket(plain) as stream:
        # With TLS 1.3 the refusal comes after the handshake, with the first answer.
        stream.sendall(b"GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n")
        answer = stream.recv(1024)
except ssl.SSLError as error:
    print(f"refused: {error.reason}")
    sys.exit(0)
except ConnectionResetError:
    print("refused: connection reset")
    sys.exit(0)
print(f"{host}:{port} answered a stranger: {answer[:40]!r}" if answer else "refused: connection closed")
sys.exit(1 if answer else 0)
