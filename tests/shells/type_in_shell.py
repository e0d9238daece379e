"""Types lines into an interactive shell on a terminal of its own, and prints what the shell made of each.

Usage: type_in_shell.py SHELL PROGRAM LINES, where LINES is a JSON list. In each line a tab asks for completion. The
command 'platc' prints its arguments there, but for the questions of the completion, which PROGRAM answers.
"""

import json
import os
import pty
import re
import select
import sys
import time

SHELL, PROGRAM, LINES = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
ANSWERING = f'case "$1" in complete|completion) {PROGRAM} "$@";; *) printf "GOT[%s]" "$@"; echo " END";; esac'
SHELLS = {
    "bash": (["bash", "--noprofile", "--norc", "-i"], [f"platc() {{ {ANSWERING}; }}", "source <(platc completion bash)"]),
    "zsh": (
        ["zsh", "-f", "-i"],
        ["unsetopt zle_bracketed_paste 2>/dev/null; autoload -U compinit; compinit -u -D", f"platc() {{ {ANSWERING}; }}", "source <(platc completion zsh)"],
    ),
    "fish": (
        ["fish", "--no-config", "-i"],
        [
            "function platc; switch $argv[1]; case complete completion; " + PROGRAM + " $argv; case '*'; printf 'GOT[%s]' $argv; echo ' END'; end; end",
            "platc completion fish | source",
        ],
    ),
}


def read_until(terminal, pattern, seconds=30):
    """Everything that the terminal shows until the pattern is there."""
    seen = ""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                seen += os.read(terminal, 65536).decode(errors="replace")
            except OSError:
                break
        found = re.search(pattern, seen)
        if found:
            return found
    sys.exit(f"{SHELL}: {pattern} did not come: {seen!r}")


def main():
    arguments, settings = SHELLS[SHELL]
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update({"TERM": "xterm", "PS1": "$ "})
        os.execvp(arguments[0], arguments)
    for number, line in enumerate(settings):
        os.write(terminal, f"{line}\n".encode())
        os.write(terminal, f"echo ready-$(({number} + 100))\n".encode() if SHELL != "fish" else f"echo ready-(math {number} + 100)\n".encode())
        read_until(terminal, f"ready-{number + 100}")
    made = []
    for line in LINES:
        os.write(terminal, f"{line}\n".encode())
        # The typed line is echoed too: there, what follows GOT is no closed list.
        made.append(re.findall(r"GOT\[([^\]]*)\]", read_until(terminal, r"(?:GOT\[[^\]]*\])+ END").group(0)))
    os.close(terminal)
    print(json.dumps(made))


main()
