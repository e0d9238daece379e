import { expect, test } from "vitest";
import { findPythonWithMoto, runUnittest } from "./python-with-moto.ts";

const python = findPythonWithMoto();
const reason = python ? "" : " (skipped: no python3 with moto[server] on PATH or in PLATC_PYTHON)";

test.skipIf(!python)(
  `the emulator keeps what tests/emulator/test_emulator.py asks of it${reason}`,
  { timeout: 300_000 },
  () => {
    const { code, output } = runUnittest(python!, "tests/emulator/test_emulator.py");
    expect(code, output).toBe(0);
  },
);
