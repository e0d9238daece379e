#!/usr/bin/env node
// Stands in for the GitHub CLI: `gh api` on artifacts, pull requests and comments, kept in the folder CI_GITHUB. Filters are run by the real jq.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const { CI_GITHUB, CI_ARTIFACTS, GH_TOKEN } = process.env;
const args = process.argv.slice(2);
const fail = (message) => {
  console.error(`gh: ${message}`);
  process.exit(1);
};
if (args.shift() !== "api") fail("only 'gh api' is there");
if (!GH_TOKEN) fail("there is no token");

const fields = {};
let [method, path, filter] = ["", "", undefined];
while (args.length > 0) {
  const arg = args.shift();
  if (arg === "--method") method = args.shift();
  else if (arg === "--jq") filter = args.shift();
  else if (arg === "-f" || arg === "-F") {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(args.shift());
    fields[name] = arg === "-F" && value.startsWith("@") ? readFileSync(value.slice(1), "utf8") : value;
  } else if (arg === "--paginate" || arg === "--silent") continue;
  else if (arg.startsWith("-")) fail(`unknown option ${arg}`);
  else path = arg;
}
method ||= Object.keys(fields).length > 0 ? "POST" : "GET";

// GitHub takes one request after the other; jobs of a workflow run at once.
const lock = join(CI_GITHUB, "lock");
for (let isMine = false; !isMine; ) {
  try {
    mkdirSync(lock);
    isMine = true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  }
}
process.on("exit", () => rmdirSync(lock));

const file = join(CI_GITHUB, "comments.json");
const comments = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
const answer = answerOf();
if (filter === undefined) process.stdout.write(`${JSON.stringify(answer)}\n`);
else process.stdout.write(execFileSync("jq", ["-r", filter], { input: JSON.stringify(answer) }));

function answerOf() {
  if (/^repos\/[^/]+\/[^/]+\/actions\/artifacts$/.test(path) && method === "GET") {
    const folder = join(CI_ARTIFACTS, fields.name);
    if (!existsSync(folder)) return { artifacts: [] };
    const head_sha = readFileSync(join(folder, "applied"), "utf8").trim();
    // One of a fork comes first: nobody may be taken in by it.
    const run = { head_branch: "main", head_sha, repository_id: 1, head_repository_id: 1 };
    return {
      artifacts: [
        { name: fields.name, expired: false, workflow_run: { ...run, head_sha: "0".repeat(40), head_repository_id: 2 } },
        { name: fields.name, expired: false, workflow_run: run },
      ],
    };
  }
  if (/^repos\/[^/]+\/[^/]+\/pulls\/\d+$/.test(path) && method === "GET")
    return { head: { sha: readFileSync(join(CI_GITHUB, "head"), "utf8") } };
  const issue = /^repos\/[^/]+\/[^/]+\/issues\/(\d+)\/comments$/.exec(path);
  if (issue && method === "GET") return comments.filter((one) => one.issue === issue[1]);
  if (issue && method === "POST") return save([...comments, { id: comments.length + 1, issue: issue[1], body: fields.body, edits: 0 }]);
  const comment = /^repos\/[^/]+\/[^/]+\/issues\/comments\/(\d+)$/.exec(path);
  if (comment && method === "PATCH")
    return save(
      comments.map((one) =>
        String(one.id) === comment[1] ? { ...one, body: fields.body, edits: one.edits + 1 } : one,
      ),
    );
  return fail(`no answer to ${method} ${path}`);
}

function save(all) {
  writeFileSync(file, JSON.stringify(all));
  return {};
}
