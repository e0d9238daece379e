import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { ACTIONS } from "../../../../src/generate/github/actions.ts";
import type { GithubModel } from "../../../../src/generate/github/github-model.ts";
import { githubWorkflow } from "../../../../src/generate/github/github-workflow.ts";
import { fileFilter, folderFilter, tidyFilters } from "../../../../src/generate/github/path-filters.ts";
import { literalText } from "../../../../src/generate/github/literal-text.ts";

/** What people could write to get out of a text: signs of YAML, of shells, of GitHub's expressions. */
const NASTY = fc.oneof(
  fc.string({ unit: "binary", minLength: 1 }),
  fc
    .array(
      fc.constantFrom(
        "${{",
        "}}",
        "$",
        "{",
        "{{",
        "$(id)",
        "`id`",
        "'",
        '"',
        "\n",
        "\r\n",
        "\u2028",
        "\ufeff",
        "#",
        ": ",
        "- ",
        "&a",
        "*a",
        "!cancelled()",
        "|",
        ">",
        "%",
        "\\",
        "secrets.X",
        "é",
        "😀",
        "; rm",
        "on",
        "y",
        "null",
        "0x1",
        " ",
        "::set-output",
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((parts) => parts.join("")),
);

const modelWith = (texts: readonly string[]): GithubModel => {
  let next = 0;
  const text = (): string => texts[next++ % texts.length]!;
  const names = [text(), text(), text()].map((name, index) => `${name}${index}`);
  const [core = "", dev = "", prod = ""] = names;
  return {
    platform: text(),
    specPath: text(),
    workflowPath: ".github/workflows/platc.yml",
    runner: text(),
    branch: text(),
    node: text(),
    target: "cloud",
    openTofu: text(),
    isRehearsalOnly: false,
    isRehearsed: true,
    drift: text(),
    triggers: tidyFilters([fileFilter(text()), folderFilter(text())]),
    environments: [
      {
        name: core,
        waves: 1,
        needsApproval: false,
        after: [],
        heldBy: [],
        needsImages: false,
        awsRole: text(),
        azureClientId: undefined,
      },
      {
        name: dev,
        waves: 2,
        needsApproval: false,
        after: [core],
        heldBy: [core],
        needsImages: true,
        awsRole: undefined,
        azureClientId: text(),
      },
      {
        name: prod,
        waves: 1,
        needsApproval: true,
        after: [dev],
        heldBy: [],
        needsImages: true,
        awsRole: text(),
        azureClientId: text(),
      },
    ],
    aws: { region: text(), planRole: text() },
    azure: { tenantId: text(), subscriptionId: text(), clientId: text() },
    variables: [text(), "password"],
    images: { after: [core] },
  };
};

interface Found {
  readonly runs: readonly string[];
  readonly uses: readonly string[];
  readonly expressions: readonly string[];
}

/** Every script, action and expression of a workflow, as GitHub finds them. */
function findIn(tree: unknown, key = ""): Found {
  if (typeof tree === "string") {
    const isWhole = key === "if";
    return {
      runs: key === "run" ? [tree] : [],
      uses: key === "uses" ? [tree] : [],
      expressions: isWhole ? [tree] : expressionsIn(tree),
    };
  }
  const inner =
    typeof tree === "object" && tree !== null
      ? Object.entries(tree).map(([name, value]) => findIn(value, Array.isArray(tree) ? key : name))
      : [];
  return {
    runs: inner.flatMap(({ runs }) => runs),
    uses: inner.flatMap(({ uses }) => uses),
    expressions: inner.flatMap(({ expressions }) => expressions),
  };
}

/** As GitHub's runner reads them: from `${{` to the first `}}` that is in no string. */
function expressionsIn(text: string): readonly string[] {
  const found: string[] = [];
  for (let at = text.indexOf("${{"); at >= 0; at = text.indexOf("${{", at)) {
    let isString = false;
    let end = at + 3;
    for (; end < text.length; end++) {
      if (text[end] === "'") isString = !isString;
      else if (!isString && text.startsWith("}}", end)) break;
    }
    found.push(text.slice(at + 3, end).trim());
    at = end + 2;
  }
  return found;
}

/** What a reader of GitHub makes of a text without contexts: each expression is a brace. */
function evaluated(text: string): string {
  return text.replaceAll("${{ '{' }}", "{");
}

const WORDS = new RegExp(
  `^(?:${[
    "[!()&|=, ]",
    "'(?:pull_request|schedule|success|skipped|applied|unknown|true|\\{|\\[\\]|)'",
    "'(?:\\*\\*/\\.terraform\\.lock\\.hcl|package-lock\\.json)'",
    "cancelled|always|fromJSON|hashFiles",
    "(?:env|github|inputs|matrix|runner|strategy)(?:\\.[a-zA-Z_-]+)+",
    "(?:vars|secrets)\\.(?:PLATC|TF_VAR)_[A-Z_]+",
    "steps\\.[a-z]+\\.outputs\\.[a-z0-9_-]+",
    "needs\\.[a-z0-9_-]+\\.(?:result|outputs\\.[a-z0-9_-]+)",
  ].join("|")})+$`,
);

describe("nothing that a user writes becomes a script or an expression", () => {
  const plain = findIn(parse(githubWorkflow(modelWith(["a", "b", "c"]))));

  test("in names, paths, roles, regions and the rest", () => {
    fc.assert(
      fc.property(fc.array(NASTY, { minLength: 1, maxLength: 12 }), (texts) => {
        const { runs, uses, expressions } = findIn(parse(githubWorkflow(modelWith(texts))));
        expect(runs).toEqual(plain.runs);
        expect(uses).toEqual(plain.uses);
        for (const expression of expressions) expect(expression).toMatch(WORDS);
      }),
      { numRuns: 50 },
    );
  });

  test("and all of it arrives as it was written", () => {
    fc.assert(
      fc.property(NASTY, (text) => {
        const written = githubWorkflow({ ...modelWith(["a"]), platform: text, specPath: text, runner: text });
        const read = parse(written) as {
          env: Record<string, string>;
          jobs: { select: { "runs-on": string } };
        };
        expect(evaluated(read.env["PLATFORM"]!)).toBe(text);
        expect(evaluated(read.env["PLATC_SPEC"]!)).toBe(text);
        expect(evaluated(read.jobs.select["runs-on"])).toBe(text);
      }),
      { numRuns: 50 },
    );
  });

  test("a text that gets through would be found", () => {
    const { runs } = findIn(parse("jobs: { a: { steps: [{ run: 'echo hello' }] } }"));
    expect(runs).toEqual(["echo hello"]);
    expect(findIn(parse("{ if: 'a ${{ b }}', name: 'x ${{ c }}' }")).expressions).toEqual([
      "a ${{ b }}",
      "c",
    ]);
    expect("secrets.ADMIN").not.toMatch(WORDS);
    expect("toJSON(secrets)").not.toMatch(WORDS);
  });
});

test("an opening of an expression is taken apart, however many there are", () => {
  expect(literalText("a ${{ b }} $${{{ ${{")).toBe("a $${{ '{' }}{ b }} $$${{ '{' }}{{ $${{ '{' }}{");
  expect(expressionsIn(literalText("x ${{ secrets.A }}"))).toEqual(["'{'"]);
});

test("every action is pinned to a commit and has its version behind it", () => {
  const lines = githubWorkflow(modelWith(["a"]))
    .split("\n")
    .filter((line) => /\buses: /.test(line));
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  for (const { commit } of Object.values(ACTIONS)) expect(commit).toMatch(/^[0-9a-f]{40}$/);
});

test("the same model makes the same bytes", () => {
  expect(githubWorkflow(modelWith(["é", "b"]))).toBe(githubWorkflow(modelWith(["é", "b"])));
});

interface WrittenJob {
  readonly needs?: readonly string[];
  readonly permissions: Readonly<Record<string, string>>;
  readonly environment?: { readonly name: string };
  readonly concurrency?: { readonly "cancel-in-progress": boolean };
}

test("a job has no more permissions than it needs, and nothing real that is under way is cancelled", () => {
  const { permissions, jobs } = parse(githubWorkflow(modelWith(["a"]))) as {
    permissions: unknown;
    jobs: Record<string, WrittenJob>;
  };
  expect(permissions).toEqual({ contents: "read" });
  const cloud = { contents: "read", "id-token": "write" };
  expect(Object.fromEntries(Object.entries(jobs).map(([id, job]) => [id, job.permissions]))).toEqual({
    select: { contents: "read", actions: "read" },
    drift: cloud,
    rehearse: { contents: "read" },
    rehearse_comment: { "pull-requests": "write" },
    plan: cloud,
    comment: { "pull-requests": "write" },
    images: { contents: "read" },
    images_push: { ...cloud, packages: "write" },
    a0_wave_1: cloud,
    a0_done: {},
    a1_wave_1: cloud,
    a1_wave_2: cloud,
    a1_done: {},
    a2_show: cloud,
    a2_apply: cloud,
    a2_done: {},
  });
  const cancelled = Object.entries(jobs).filter(
    ([, job]) => job.concurrency?.["cancel-in-progress"] ?? false,
  );
  expect(cancelled.map(([id]) => id)).toEqual(["rehearse"]);
  expect(jobs["a2_show"]?.environment).toEqual({ name: "a2-show" });
  expect(jobs["a1_wave_2"]?.needs).toEqual(["select", "a0_done", "images_push", "a1_wave_1"]);
});

test("where a rehearsal is all that there is, each environment has one job for it, and nothing is handed on", () => {
  const model = { ...modelWith(["a"]), target: "rehearsal", isRehearsalOnly: true, drift: undefined };
  const { jobs } = parse(githubWorkflow(model)) as { jobs: Record<string, { readonly if?: string }> };
  expect(Object.keys(jobs)).toEqual(["select", "rehearse", "rehearse_comment", "images"]);
  expect(jobs["rehearse"]?.if).toBe("needs.select.outputs.rehearse != '[]'");
  const { jobs: without } = parse(
    githubWorkflow({ ...modelWith(["a"]), isRehearsed: false, drift: undefined }),
  ) as typeof model & {
    jobs: Record<string, { readonly outputs: object }>;
  };
  expect(Object.keys(without).slice(0, 3)).toEqual(["select", "plan", "comment"]);
  expect(Object.keys(without["select"]!.outputs)).not.toContain("rehearse");
});

test("on a schedule drift is looked for in every environment, and nothing else is done", () => {
  const { on, jobs } = parse(githubWorkflow({ ...modelWith(["a"]), drift: "17 5 * * *" })) as {
    on: { schedule: unknown };
    jobs: Record<string, WrittenJob & { readonly if?: string; readonly strategy?: { matrix: unknown } }>;
  };
  expect(on.schedule).toEqual([{ cron: "17 5 * * *" }]);
  expect(jobs["drift"]).toMatchObject({
    if: "github.event_name == 'schedule'",
    strategy: { matrix: { environment: ["a0", "a1", "a2"] } },
  });
  expect(jobs["select"]?.if).toBe("github.event_name != 'schedule'");
  const others = Object.entries(jobs).filter(([id]) => id !== "drift" && id !== "select");
  expect(others.length).toBeGreaterThan(5);
  for (const [id, job] of others) {
    expect(job.needs, id).toContain("select");
    // GitHub skips a job whose need was skipped, but for one that asks whether it was cancelled.
    const isBound = /needs\.\w+\.result == 'success'|== 'pull_request'/.test(job.if ?? "");
    expect(isBound || !/cancelled\(\)|always\(\)/.test(job.if ?? ""), id).toBe(true);
  }
});
