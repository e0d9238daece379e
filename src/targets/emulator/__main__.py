"""`python3 src/targets/emulator --port 0`: the folder itself is what is run."""

import os
import sys

sys.dont_write_bytecode = True  # this folder is shipped as it stands

if not __package__:
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from emulator.server import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
