// `npm run bench`: platc beside what a user would pick instead, in turns, as a Markdown table of ratios.
// Arguments choose parts (compile, edges, start, apply; all if left out); BENCH_ROUNDS sets the rounds.
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { measure, sideBySide } from "./measure.mjs";
import { customersSpec, diamondSpec, pairsSpec, SPEC_PATH, writeProject, writtenOutSpec } from "./specs.mjs";

const PARTS = { compile: compilePart, edges: edgesPart, start: startPart, apply: applyPart };
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const here = fileURLToPath(new URL(".", import.meta.url));
const platc = join(here, "..", "dist", "main.js");
const work = mkdtempSync(join(tmpdir(), "platc-bench-"));
const rows = [];

const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
const unknown = chosen.filter((part) => !Object.hasOwn(PARTS, part));
if (unknown.length > 0 || !existsSync(platc)) {
  const what = unknown.length > 0 ? `there is no part '${unknown[0]}': ${Object.keys(PARTS).join(", ")}` : "run 'npm run build' first";
  console.error(`bench: ${what}`);
  process.exit(64);
}
try {
  for (const [name, part] of Object.entries(PARTS)) if (chosen.length === 0 || chosen.includes(name)) await part();
  printTable();
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** `platc compile` beside a program that parses the same YAML and has the same bytes on disk. */
async function compilePart() {
  const bare = await bundleBare();
  const cases = [
    ["100 stacks, 10 customers x 10 apps", customersSpec(10), ROUNDS],
    ["1,000 stacks, 100 customers x 10 apps", customersSpec(100), ROUNDS],
    ["1,000 stacks written out", writtenOutSpec(1000), ROUNDS],
    ["10,000 stacks, 500 customers x 10 apps x 2 environments", customersSpec(500, 2), 2],
  ];
  for (const [name, spec, rounds] of cases) {
    const ours = project(name, spec);
    const theirs = preparedFor(ours);
    const compile = () => measure({ command: [process.execPath, platc, "compile"], cwd: ours });
    const write = () => measure({ command: [process.execPath, bare, SPEC_PATH, "prepared.json"], cwd: theirs });
    const emptied = (folder, run) => () => {
      // Fresh is without what an earlier command has kept: output, and the trees of the spec and the modules.
      for (const name of ["out", ".platc"]) rmSync(join(folder, name), { recursive: true, force: true });
      return run();
    };
    if (rounds > 2) addRow(`compile, fresh: ${name}`, sideBySide(rounds, emptied(ours, compile), emptied(theirs, write)));
    addRow(`compile, unchanged: ${name}`, sideBySide(rounds, compile, write));
  }
}

/** Twice the layers are twice the edges: what that costs. */
function edgesPart() {
  const compiled = (layers) => {
    const folder = project(`diamond ${layers}`, diamondSpec(layers, 30));
    return () => measure({ command: [process.execPath, platc, "compile"], cwd: folder });
  };
  const edges = (layers) => (layers - 1) * 30 * 30;
  const name = `twice a diamond: ${count(edges(20))} edges beside ${count(edges(10))}`;
  addRow(`compile, unchanged: ${name}`, sideBySide(ROUNDS, compiled(20), compiled(10)));
}

function startPart() {
  const node = process.execPath;
  const nothing = () => measure({ command: [node, "-e", "0"], cwd: work });
  addRow("platc --help beside node -e 0", sideBySide(ROUNDS, () => measure({ command: [node, platc, "--help"], cwd: work }), nothing));
  const folder = project("list", customersSpec(100));
  addRow("platc list, 1,000 stacks, beside node -e 0", sideBySide(ROUNDS, () => measure({ command: [node, platc, "list"], cwd: folder }), nothing));
}

/** `platc apply` beside a hand-written loop over the same root modules, without a provider. */
function applyPart() {
  const pairs = 10;
  const ours = project("apply", pairsSpec(pairs));
  measure({ command: [process.execPath, platc, "compile"], cwd: ours });
  const theirs = join(work, "loop");
  cpSync(ours, theirs, { recursive: true });
  const waves = ["base", "user"].map((kind) =>
    Array.from({ length: pairs }, (_, index) => `out/bench/dev/${kind}-${index}`).join(","),
  );
  const apply = (environment) =>
    measure({ command: [process.execPath, platc, "apply", "dev", "--auto-approve", "--parallelism", "2"], cwd: ours, environment });
  const loop = (environment) => measure({ command: [process.execPath, join(here, "loop.mjs"), ...waves], cwd: theirs, environment });
  const keep = new Set(["modules", "specs", "out"]);
  const forgotten = (folder, run) => (environment) => {
    for (const name of readdirSync(folder)) if (!keep.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
    for (const name of filesNamed(join(folder, "out"), /^\.terraform|\.tfstate$/)) rmSync(name, { recursive: true, force: true });
    return run(environment);
  };
  const rounds = Math.min(ROUNDS, 5);
  for (const [name, left, right] of [
    ["first", forgotten(ours, apply), forgotten(theirs, loop)],
    ["unchanged", apply, loop],
  ]) {
    const processes = [left, right].map(countTerraform);
    addRow(`apply, ${name}: ${2 * pairs} stacks (${processes.join(" beside ")} Terraform processes)`, sideBySide(rounds, left, right));
  }
}

/** How many Terraform processes one call starts: a script of the same name goes first on the PATH and keeps count. */
function countTerraform(run) {
  const folder = join(work, "counting");
  const started = join(folder, "started");
  mkdirSync(folder, { recursive: true });
  writeFileSync(started, "");
  const shim = join(folder, "terraform");
  writeFileSync(shim, `#!/bin/sh\necho x >> '${started}'\nPATH="\${PATH#*:}" exec terraform "$@"\n`);
  chmodSync(shim, 0o755);
  run({ PATH: `${folder}${delimiter}${process.env.PATH}` });
  return readFileSync(started, "utf8").split("\n").length - 1;
}

function project(name, spec) {
  const folder = join(work, name.replaceAll(/[^a-z0-9]+/g, "-"));
  writeProject(folder, spec);
  measure({ command: [process.execPath, platc, "compile"], cwd: folder });
  return folder;
}

/** A copy of a compiled project for the bare program, with every file that it is to write in one list. */
function preparedFor(compiled) {
  const folder = `${compiled}-bare`;
  cpSync(compiled, folder, { recursive: true });
  const files = filesNamed(join(folder, "out"), /./).map((path) => [relative(folder, path), readFileSync(path, "utf8")]);
  writeFileSync(join(folder, "prepared.json"), JSON.stringify(files));
  return folder;
}

/** Bundled, as platc is: loading the YAML library file by file would slow it. */
async function bundleBare() {
  const outfile = join(work, "bare.mjs");
  await build({ entryPoints: [join(here, "bare.mjs")], outfile, bundle: true, format: "esm", platform: "node", target: "node20", logLevel: "warning", banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' } });
  return outfile;
}

/** Files, and folders whose own name matches, below a folder. */
function filesNamed(folder, pattern) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !(pattern.source !== "." && pattern.test(entry.name))) return filesNamed(path, pattern);
    return pattern.test(entry.name) ? [path] : [];
  });
}

function addRow(name, result) {
  rows.push([name, result]);
  process.stderr.write(`${name}: CPU ${result.cpu.ratio.toFixed(2)}, wall ${result.wall.ratio.toFixed(2)}\n`);
}

function printTable() {
  const shown = (value, digits, unit) =>
    value === undefined ? "-" : `${value.ratio.toFixed(2)} (${value.left.toFixed(digits)} / ${value.right.toFixed(digits)} ${unit})`;
  console.log("| platc beside the other | CPU | wall | peak memory |");
  console.log("|---|---|---|---|");
  for (const [name, { cpu, wall, memory }] of rows)
    console.log(`| ${name} | ${shown(cpu, 2, "s")} | ${shown(wall, 2, "s")} | ${shown(memory, 0, "MB")} |`);
  console.log("\nRatios are medians over the rounds of one run, both sides in turns; in brackets the medians of each side.");
}

function count(number) {
  return number.toLocaleString("en");
}
