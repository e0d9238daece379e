// `node bench/peak.mjs FOLDER FILE`: keeps the peak memory, in kB, of the provider process of a project in a file.
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";

const [folder, file] = process.argv.slice(2);
let most = 0;
setInterval(() => {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("provider-main.js")) continue;
      if (readlinkSync(`/proc/${pid}/cwd`) !== folder) continue;
      most = Math.max(most, Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0));
    } catch {
      // It has ended.
    }
  }
  writeFileSync(file, String(most));
}, 100);
