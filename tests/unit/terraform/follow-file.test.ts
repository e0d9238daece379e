import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { followFile } from "../../../src/terraform/follow-file.ts";

test("hands over what is written while it is written, and the rest at the end", async () => {
  const folder = mkdtempSync(join(tmpdir(), "platc-follow-"));
  const path = join(folder, "log");
  try {
    writeFileSync(path, "before ");
    let seen = "";
    const followed = followFile(path, (bytes) => (seen += bytes.toString()), 10);
    appendFileSync(path, "during ");
    while (seen.length < "before during ".length) await sleep(10);
    expect(seen).toBe("before during ");
    appendFileSync(path, "x".repeat(200_000));
    followed.stop();
    expect(seen).toHaveLength("before during ".length + 200_000);
    appendFileSync(path, "after");
    await sleep(30);
    expect(seen).not.toContain("after");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
