// What any program that does the same job must do: parse the spec, and have the same bytes in the same files. Which
// bytes, it is told in a prepared list; it compiles nothing.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parse } from "yaml";

const [spec, prepared] = process.argv.slice(2);
parse(readFileSync(spec, "utf8"));
for (const [path, content] of JSON.parse(readFileSync(prepared, "utf8"))) {
  if (readIfThere(path) === content) continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function readIfThere(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
