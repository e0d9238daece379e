import { expect, test } from "vitest";
import { findPythonWithMoto, runUnittest } from "./python-with-moto.ts";

const python = findPythonWithMoto();
const reason = python ? "" : " (skipped: no python3 with moto[server] on PATH or in PLATC_PYTHON)";

test.skipIf(!python).for(["tests/d2b/test_functions.py", "tests/d2b/test_flow.py"])(
  `%s passes${reason}`,
  { timeout: 180_000 },
  (file) => {
    const { code, output } = runUnittest(python!, file);
    expect(code, output).toBe(0);
  },
);
