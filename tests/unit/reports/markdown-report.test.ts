import { expect, test } from "vitest";
import { markdownReport, type MarkdownReportOptions } from "../../../src/reports/markdown-report.ts";
import type { RunEvent } from "../../../src/run/run-event.ts";
import { finished, NOTHING, STORY } from "./story.ts";

function textOf(events: readonly RunEvent[], options: Partial<MarkdownReportOptions> = {}): string {
  const written: string[] = [];
  const report = markdownReport({ write: (text) => written.push(text), environment: "dev", ...options });
  for (const event of events) report.tell(event);
  report.close();
  return written.join("");
}

test("a run in which everything happens", () => {
  expect(textOf(STORY)).toMatchInlineSnapshot(`
    "<!-- platc dev -->
    ### Apply: d2b, dev (against the emulator)

    | Stack | Outcome | + | ~ | - | -/+ | |
    | --- | --- | ---: | ---: | ---: | ---: | --- |
    | <code>dev/network</code> | up to date | | | | | |
    | <code>dev/storage/raw</code> | applied | 1 | 1 | 0 | 1 | |
    | <code>dev/ingestion</code> | applied | 1 | 0 | 0 | 0 | |
    | <code>dev/warehouse</code> | **failed** | | | | | Terraform ended with exit code 1 in "apply" |
    | <code>dev/app</code> | blocked | | | | | by dev/warehouse |
    | <code>dev/cluster</code> | deferred | | | | | for&#95;each needs outputs.network.zones of dev/network |
    | <code>dev/dns</code> | waiting | | | | | the plan differs from the approved one |
    | <code>dev/budget</code> | unchanged | | | | | |

    - Apply finished in 1 min 35 s: 1 up to date, 2 applied, 1 failed, 1 blocked, 1 deferred, 1 waiting, 1 unchanged
    - resources: 2 added, 1 changed, 1 replaced
    - checks: 1 passed, 1 failed, 1 skipped
    - ran by the emulator: dev/storage/raw objects
    - ran as a local process for the emulator: dev/ingestion invoke
    - 21 Terraform processes: 6 init, 6 plan, 6 show, 3 apply
    - 2 data sources in stacks that were left alone were not read anew (--refresh reads them)
    - 1 orphan, applied but no longer in the spec: dev/old (--prune destroys it)
    - Note: TF&#95;LOG is left out of Terraform's environment (say --log)
    - **Next:** mend what failed, then <code>platc apply</code> goes on from there
    - **Next:** approve what waits, then <code>platc apply</code> goes on: <code>platc approve a1b2c3</code>

    <details><summary><code>dev/storage/raw</code> plan: 1 to add, 1 to change, 1 to replace</summary>

    - runs because: modules/aws/s3-bucket/main.tf changed
    - runs because: it was never applied
    - **Warning:** aws&#95;kms&#95;key.raw is replaced while dev/app holds it (apply dev/app first, without it)

    \`\`\`diff
    +   aws_s3_bucket.raw will be created
    +       bucket = "d2b-raw"

    !   aws_kms_key.raw must be replaced
          # (because its definition changed)
    !       region = "a" -> "b" # forces replacement
            # (3 unchanged attributes hidden)

    Changes to outputs:
    +   bucket = "d2b-raw"
    \`\`\`

    - ✓ <code>objects</code> s3://d2b-raw/seed has 3 objects

    </details>

    <details open><summary><code>dev/ingestion</code> <b>check failed</b>, plan: 1 to add</summary>

    - planned against planned outputs of dev/storage/raw: will be planned again and compared at its turn

    \`\`\`diff
    +   aws_lambda_function.this will be created
    +       arn = (known after apply)
    \`\`\`

    - ✗ <code>invoke</code> functionError is Unhandled, expected null
    - – <code>health</code> the emulator serves no load balancer

    \`\`\`
    invoke:
    Traceback:
      boom
    \`\`\`

    </details>

    <details open><summary><code>dev/warehouse</code> <b>failed</b></summary>

    \`\`\`
    Terraform ended with exit code 1 in "apply"
    hint: the role of the credentials may not create workgroups
    creating Athena Workgroup: AccessDenied
    status code: 403
    \`\`\`

    </details>
    "
  `);
});

/** A run in which a stack has a plan of so many lines. */
function longPlans(lineCounts: readonly number[]): readonly RunEvent[] {
  return lineCounts.map((lines, at) => ({
    kind: "stack-planned",
    address: `dev/s${at}`,
    summary: { ...NOTHING, add: lines },
    lines: Array.from({ length: lines }, (_, line) => ({ text: `  + r.r${line} will be 金`, tone: "add" })),
    resource_changes: [],
    output_changes: new Map(),
    overlaidBy: [],
    findings: [],
  }));
}

test("a long report is cut by whole lines, long plans before short ones", () => {
  const text = textOf(longPlans([3, 300, 3, 200]), { limit: 4000 });
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4000);
  expect(Buffer.byteLength(text)).toBeGreaterThan(3200);
  const [, ...blocks] = text.split("<details>");
  expect(blocks.map((block) => block.match(/^\+ {3}r\.r\d+ will be 金$/gm)?.length)).toMatchInlineSnapshot(`
    [
      3,
      62,
      3,
      62,
    ]
  `);
  expect(text.match(/_\d+ more lines cut_|\*\*Cut.*/g)).toMatchInlineSnapshot(`
    [
      "_238 more lines cut_",
      "_138 more lines cut_",
      "**Cut to fit into a comment:** 376 lines. The log of the run has all.",
    ]
  `);
  expect(text.match(/^```/gm)?.length).toBe(8);
});

test("of too many stacks, those that failed are kept, and it fits", () => {
  const failed = finished("dev/s400", { status: "failed", message: "no", details: [] }, 1);
  const events = [...longPlans(Array.from({ length: 500 }, () => 30)), failed];
  for (const limit of [3000, 65_000]) {
    const text = textOf(events, { limit });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
    expect(text).toContain("<details open><summary><code>dev/s400</code>");
    expect(text).toMatch(/Cut to fit into a comment:.* stacks\./);
    expect(text.match(/<details/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  }
});

const HOSTILE =
  "```\n</details><script>alert(1)</script> | @octocat #1 [x](y) **b** `c` <!-- \u202e $x$ &lt; ~~s~~ \\";

test("text of others is never markup", () => {
  const text = textOf([
    { kind: "note", message: HOSTILE, hint: HOSTILE },
    { kind: "stack-reasons", address: `dev/${HOSTILE}`, reasons: [HOSTILE] },
    {
      kind: "stack-planned",
      address: `dev/${HOSTILE}`,
      summary: NOTHING,
      lines: [
        { text: "````` </details>", tone: "plain" },
        { text: "      + a = <<-EOT", tone: "add" },
      ],
      resource_changes: [],
      output_changes: new Map(),
      overlaidBy: [HOSTILE],
      findings: [{ message: HOSTILE, hint: HOSTILE }],
    },
    finished(`dev/${HOSTILE}`, { status: "failed", message: HOSTILE, details: [] }),
  ]);
  expect(text).toMatchInlineSnapshot(`
    "<!-- platc dev -->
    ### Run: dev

    | Stack | Outcome | + | ~ | - | -/+ | |
    | --- | --- | ---: | ---: | ---: | ---: | --- |
    | <code>dev/&#96;&#96;&#96; &#60;/details&#62;&#60;script&#62;alert(1)&#60;/script&#62; &#124; @octocat &#35;1 &#91;x&#93;(y) &#42;&#42;b&#42;&#42; &#96;c&#96; &#60;!-- � &#36;x&#36; &#38;lt; &#126;&#126;s&#126;&#126; &#92;</code> | **failed** | | | | | &#96;&#96;&#96; |

    - the run ended before it was finished
    - Note: &#96;&#96;&#96; &#60;/details&#62;&#60;script&#62;alert(1)&#60;/script&#62; &#124; @&#8203;octocat &#35;&#8203;1 &#91;x&#93;(y) &#42;&#42;b&#42;&#42; &#96;c&#96; &#60;!-- � &#36;x&#36; &#38;lt; &#126;&#126;s&#126;&#126; &#92; (&#96;&#96;&#96; &#60;/details&#62;&#60;script&#62;alert(1)&#60;/script&#62; &#124; @&#8203;octocat &#35;&#8203;1 &#91;x&#93;(y) &#42;&#42;b&#42;&#42; &#96;c&#96; &#60;!-- � &#36;x&#36; &#38;lt; &#126;&#126;s&#126;&#126; &#92;)

    <details open><summary><code>dev/&#96;&#96;&#96; &#60;/details&#62;&#60;script&#62;alert(1)&#60;/script&#62; &#124; @octocat &#35;1 &#91;x&#93;(y) &#42;&#42;b&#42;&#42; &#96;c&#96; &#60;!-- � &#36;x&#36; &#38;lt; &#126;&#126;s&#126;&#126; &#92;</code> <b>failed</b>, plan: only outputs change</summary>

    \`\`\`\`
    \`\`\`
    </details><script>alert(1)</script> | @octocat #1 [x](y) **b** \`c\` <!-- � $x$ &lt; ~~s~~ \\
    \`\`\`\`

    - runs because: &#96;&#96;&#96; &#60;/details&#62;&#60;script&#62;alert(1)&#60;/script&#62; &#124; @&#8203;octocat &#35;&#8203;1 &#91;x&#93;(y) &#42;&#42;b&#42;&#42; &#96;c&#96; &#60;!-- � &#36;x&#36; &#38;lt; &#126;&#126;s&#126;&#126; &#92;
    - planned against planned outputs of &#96;&#96;&#96; &#60;/details&#62;&#60;script&#62;alert(1)&#60;/script&#62; &#124; @&#8203;octocat &#35;&#8203;1 &#91;x&#93;(y) &#42;&#42;b&#42;&#42; &#96;c&#96; &#60;!-- � &#36;x&#36; &#38;lt; &#126;&#126;s&#126;&#126; &#92;: will be planned again and compared at its turn
    - **Warning:** &#96;&#96;&#96; &#60;/details&#62;&#60;script&#62;alert(1)&#60;/script&#62; &#124; @&#8203;octocat &#35;&#8203;1 &#91;x&#93;(y) &#42;&#42;b&#42;&#42; &#96;c&#96; &#60;!-- � &#36;x&#36; &#38;lt; &#126;&#126;s&#126;&#126; &#92; (&#96;&#96;&#96; &#60;/details&#62;&#60;script&#62;alert(1)&#60;/script&#62; &#124; @&#8203;octocat &#35;&#8203;1 &#91;x&#93;(y) &#42;&#42;b&#42;&#42; &#96;c&#96; &#60;!-- � &#36;x&#36; &#38;lt; &#126;&#126;s&#126;&#126; &#92;)

    \`\`\`\`\`\`diff
     \`\`\`\`\` </details>
    +       a = <<-EOT
    \`\`\`\`\`\`

    </details>
    "
  `);
});

test("secrets do not come through", () => {
  const text = textOf(STORY, { redact: (plain) => plain.replaceAll("AccessDenied", "***") });
  expect(text).toContain("creating Athena Workgroup: ***");
  expect(text).not.toContain("AccessDenied");
});
