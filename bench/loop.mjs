// The leanest loop that one would write by hand over compiled stacks: init where there was none, then
// `apply -auto-approve`, two at a time. Waves come as arguments: folders joined by commas.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const AT_ONCE = 2;

for (const wave of process.argv.slice(2)) {
  const waiting = wave.split(",");
  const worker = async () => {
    for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
      if (!existsSync(join(folder, ".terraform"))) await terraform(folder, "init", "-input=false", "-no-color");
      await terraform(folder, "apply", "-auto-approve", "-input=false", "-no-color");
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

function terraform(folder, ...args) {
  return new Promise((resolve, reject) => {
    const child = spawn("terraform", args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`terraform ${args[0]} ended with ${code}`))));
  });
}
