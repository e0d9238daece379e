import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const GNU_TIME = "/usr/bin/time";
const hasGnuTime =
  existsSync(GNU_TIME) && spawnSync(GNU_TIME, ["-f", "%M", "true"], { encoding: "utf8" }).status === 0;

/**
 * Runs a program to its end: seconds of wall and of processor (user and system, children included), peak memory of
 * its largest process in MB (undefined without GNU time), and what it wrote to stdout. A failure ends the bench with what the program said.
 */
export function measure({ command, cwd, environment = {} }) {
  const folder = mkdtempSync(join(tmpdir(), "platc-bench-time-"));
  const memoryFile = join(folder, "memory");
  const measured = hasGnuTime ? [GNU_TIME, "-o", memoryFile, "-f", "%M", ...command] : command;
  try {
    // Bash's own `time` counts milliseconds; GNU time counts hundredths, and knows the memory.
    const script = 'TIMEFORMAT="%3R %3U %3S"; exec 3>&2; { time "$@" 2>&3 3>&-; } 2>"$TIMES"';
    const timesFile = join(folder, "times");
    const run = spawnSync("bash", ["-c", script, "bash", ...measured], {
      cwd,
      encoding: "utf8",
      maxBuffer: 1 << 28,
      env: { ...process.env, NO_COLOR: "1", LC_ALL: "C", ...environment, TIMES: timesFile },
    });
    if (run.status !== 0) {
      const said = `${run.stdout ?? ""}\n${run.stderr ?? ""}`.trim().slice(-2000);
      throw new Error(`'${command.join(" ")}' ended with ${run.status ?? run.signal}\n${said}`);
    }
    const [wall, user, system] = readFileSync(timesFile, "utf8").trim().split(" ").map(Number);
    const memory = hasGnuTime ? Number(readFileSync(memoryFile, "utf8").trim()) / 1024 : undefined;
    return { wall, cpu: user + system, memory, stdout: run.stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Measures two programs in turns (A B A B), so that what else the machine does falls on both. `left` and `right` are
 * called once a round and give a measurement; the first round, which warms caches, is not counted.
 */
export function sideBySide(rounds, left, right) {
  const lefts = [];
  const rights = [];
  for (let round = 0; round <= rounds; round++) {
    const a = left();
    const b = right();
    if (round === 0) continue;
    lefts.push(a);
    rights.push(b);
  }
  const of = (key) => ({
    left: median(lefts.map((one) => one[key])),
    right: median(rights.map((one) => one[key])),
    // Of each round, so that a slow minute weighs on neither side.
    ratio: median(lefts.map((one, round) => one[key] / rights[round][key])),
  });
  return { wall: of("wall"), cpu: of("cpu"), memory: hasGnuTime ? of("memory") : undefined };
}

export function median(numbers) {
  const sorted = [...numbers].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
