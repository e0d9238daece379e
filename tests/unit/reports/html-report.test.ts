import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Graph } from "../../../src/graph/graph.ts";
import { htmlReport, type HtmlReportOptions } from "../../../src/reports/html-report.ts";
import type { RunEvent } from "../../../src/run/run-event.ts";
import { finished, NOTHING, STORY } from "./story.ts";

const GRAPH: Graph = {
  nodes: ["dev/network", "dev/storage/raw", "dev/ingestion", "dev/warehouse", "dev/app"],
  upstreamOf: new Map([
    ["dev/ingestion", ["dev/storage/raw", "dev/network"]],
    ["dev/app", ["dev/warehouse", "dev/ingestion", "elsewhere"]],
  ]),
};

function pageOf(events: readonly RunEvent[], options: Partial<HtmlReportOptions> = {}): string {
  const written: string[] = [];
  const report = htmlReport({ write: (text) => written.push(text), ...options });
  for (const event of events) report.tell(event);
  report.close();
  return written.join("");
}

function bodyOf(page: string): string {
  return page.replace(/<(style|script)>[^]*?<\/\1>/g, "<$1/>");
}

test("a run in which everything happens", () => {
  const page = pageOf(STORY, { graph: GRAPH });
  expect(
    bodyOf(page)
      .replace(/'sha256-[^&]*?&/g, "'sha256-...&")
      .replace(/sha256-[\w+/=]+/g, "sha256-..."),
  ).toMatchInlineSnapshot(`
    "<!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-...&#39;; script-src &#39;sha256-...&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Apply of d2b</title>
    <style/>
    </head>
    <body>
    <header>
    <h1>Apply of d2b</h1>
    <p class="soft">Run <code>20250101-abc</code>, target emulator</p>
    <p class="say warn">This ran against the emulator: it proves nothing of the permissions, quotas and networks of the cloud.</p>
    <ul class="totals">
    <li class="calm"><b>1</b> up to date</li>
    <li class="good"><b>2</b> applied</li>
    <li class="bad"><b>1</b> failed</li>
    <li class="warn"><b>1</b> blocked</li>
    <li class="warn"><b>1</b> deferred</li>
    <li class="warn"><b>1</b> waiting</li>
    <li class="calm"><b>1</b> unchanged</li>
    <li class="good"><b>1</b> check passed</li>
    <li class="bad"><b>1</b> check failed</li>
    <li class="calm"><b>1</b> check skipped</li>
    </ul>
    </header>
    <ul>
    <li>Apply finished in 1 min 35 s: 1 up to date, 2 applied, 1 failed, 1 blocked, 1 deferred, 1 waiting, 1 unchanged</li>
    <li>resources: 2 added, 1 changed, 1 replaced</li>
    <li>checks: 1 passed, 1 failed, 1 skipped</li>
    <li>ran by the emulator: dev/storage/raw objects</li>
    <li>ran as a local process for the emulator: dev/ingestion invoke</li>
    <li>21 Terraform processes: 6 init, 6 plan, 6 show, 3 apply</li>
    <li>2 data sources in stacks that were left alone were not read anew (--refresh reads them)</li>
    <li>1 orphan, applied but no longer in the spec: dev/old (--prune destroys it)</li>
    <li>Note: TF_LOG is left out of Terraform&#39;s environment (say --log)</li>
    <li><b>Next:</b> mend what failed, then <code>platc apply</code> goes on from there</li>
    <li><b>Next:</b> approve what waits, then <code>platc apply</code> goes on: <code>platc approve a1b2c3</code></li>
    </ul>
    <h2>Graph</h2>
    <div class="graph"><svg xmlns="http://www.w3.org/2000/svg" width="492" height="164" role="img" aria-label="The graph of stacks">
    <text class="wave" x="16" y="22">wave 1</text>
    <text class="wave" x="217" y="22">wave 2</text>
    <text class="wave" x="404" y="22">wave 3</text>
    <path d="M147 85C182 85 182 47 217 47"/>
    <path d="M147 47C182 47 182 47 217 47"/>
    <path d="M147 123C275.5 123 275.5 47 404 47"/>
    <path d="M334 47C369 47 369 47 404 47"/>
    <g class="calm"><title>dev/network: up to date</title><rect x="16" y="34" width="131" height="26" rx="5"/><text x="26" y="51">dev/network</text></g>
    <a href="#stack-1"><g class="good"><title>dev/storage/raw: applied</title><rect x="16" y="72" width="131" height="26" rx="5"/><text x="26" y="89">dev/storage/raw</text></g></a>
    <a href="#stack-3"><g class="bad"><title>dev/warehouse: failed</title><rect x="16" y="110" width="131" height="26" rx="5"/><text x="26" y="127">dev/warehouse</text></g></a>
    <a href="#stack-2"><g class="good"><title>dev/ingestion: applied</title><rect x="217" y="34" width="117" height="26" rx="5"/><text x="227" y="51">dev/ingestion</text></g></a>
    <a href="#stack-4"><g class="warn"><title>dev/app: blocked</title><rect x="404" y="34" width="72" height="26" rx="5"/><text x="414" y="51">dev/app</text></g></a>
    </svg></div>
    <h2>Stacks</h2>
    <input id="filter" type="search" placeholder="Filter by address or outcome" aria-label="Filter" hidden>
    <table>
    <thead><tr><th>Stack</th><th>Outcome</th><th class="number">+</th><th class="number">~</th><th class="number">-</th><th class="number">-/+</th><th class="number">seconds</th><th></th></tr></thead>
    <tbody>
    <tr data-words="dev/network up to date"><td><code>dev/network</code></td><td><span class="badge calm">up to date</span></td><td class="number"></td><td class="number"></td><td class="number"></td><td class="number"></td><td class="number"></td><td></td></tr>
    <tr data-words="dev/storage/raw applied"><td><a href="#stack-1"><code>dev/storage/raw</code></a></td><td><span class="badge good">applied</span></td><td class="number">1</td><td class="number">1</td><td class="number">0</td><td class="number">1</td><td class="number">72.4</td><td></td></tr>
    <tr data-words="dev/ingestion applied failed"><td><a href="#stack-2"><code>dev/ingestion</code></a></td><td><span class="badge good">applied</span></td><td class="number">1</td><td class="number">0</td><td class="number">0</td><td class="number">0</td><td class="number">9.2</td><td></td></tr>
    <tr data-words="dev/warehouse failed"><td><a href="#stack-3"><code>dev/warehouse</code></a></td><td><span class="badge bad">failed</span></td><td class="number"></td><td class="number"></td><td class="number"></td><td class="number"></td><td class="number">3.1</td><td>Terraform ended with exit code 1 in &#34;apply&#34;</td></tr>
    <tr data-words="dev/app blocked"><td><a href="#stack-4"><code>dev/app</code></a></td><td><span class="badge warn">blocked</span></td><td class="number"></td><td class="number"></td><td class="number"></td><td class="number"></td><td class="number"></td><td>by dev/warehouse</td></tr>
    <tr data-words="dev/cluster deferred"><td><a href="#stack-5"><code>dev/cluster</code></a></td><td><span class="badge warn">deferred</span></td><td class="number"></td><td class="number"></td><td class="number"></td><td class="number"></td><td class="number"></td><td>for_each needs outputs.network.zones of dev/network</td></tr>
    <tr data-words="dev/dns waiting"><td><a href="#stack-6"><code>dev/dns</code></a></td><td><span class="badge warn">waiting</span></td><td class="number"></td><td class="number"></td><td class="number"></td><td class="number"></td><td class="number">2.0</td><td>the plan differs from the approved one</td></tr>
    <tr data-words="dev/budget unchanged"><td><code>dev/budget</code></td><td><span class="badge calm">unchanged</span></td><td class="number"></td><td class="number"></td><td class="number"></td><td class="number"></td><td class="number">1.5</td><td></td></tr>
    </tbody>
    </table>
    <p id="none" class="soft" hidden>Nothing matches.</p>
    <details id="stack-1" class="good" data-words="dev/storage/raw applied">
    <summary><code>dev/storage/raw</code> <span class="badge good">applied</span> plan: 1 to add, 1 to change, 1 to replace <span class="soft">1 min 12 s</span></summary>
    <p>Runs because</p>
    <ul><li>modules/aws/s3-bucket/main.tf changed</li><li>it was never applied</li></ul>
    <div class="say warn">aws_kms_key.raw is replaced while dev/app holds it
    <b>hint:</b> apply dev/app first, without it</div>
    <pre><span class="add">  + aws_s3_bucket.raw will be created</span>
    <span class="add">      + bucket = &#34;d2b-raw&#34;</span>

    <span class="replace">-/+ aws_kms_key.raw must be replaced</span>
    <span class="muted">      # (because its definition changed)</span>
    <span class="change">      ~ region = &#34;a&#34; -&#62; &#34;b&#34; # forces replacement</span>
    <span class="muted">        # (3 unchanged attributes hidden)</span>

    Changes to outputs:
    <span class="add">  + bucket = &#34;d2b-raw&#34;</span>
    </pre>
    <ul class="checks">
    <li class="good"><b>✓</b> <code>objects</code> s3://d2b-raw/seed has 3 objects <span class="soft">(0.2 s, ran by the emulator)</span></li>
    </ul>
    </details>
    <details id="stack-2" class="bad" data-words="dev/ingestion applied failed" open>
    <summary><code>dev/ingestion</code> <span class="badge good">applied</span> <span class="badge bad">check failed</span> plan: 1 to add <span class="soft">9.2 s</span></summary>
    <div class="say info">planned against planned outputs of dev/storage/raw: will be planned again and compared at its turn</div>
    <pre><span class="add">  + aws_lambda_function.this will be created</span>
    <span class="add">      + arn = (known after apply)</span>
    </pre>
    <ul class="checks">
    <li class="bad"><b>✗</b> <code>invoke</code> functionError is Unhandled, expected null <span class="soft">(4.0 s, ran as a local process for the emulator)</span><pre>Traceback:
      boom
    </pre></li>
    <li class="calm"><b>-</b> <code>health</code> the emulator serves no load balancer <span class="soft">(skipped)</span></li>
    </ul>
    </details>
    <details id="stack-3" class="bad" data-words="dev/warehouse failed" open>
    <summary><code>dev/warehouse</code> <span class="badge bad">failed</span> <span class="soft">3.1 s</span></summary>
    <div class="say bad">Terraform ended with exit code 1 in &#34;apply&#34;
    <b>hint:</b> the role of the credentials may not create workgroups</div>
    <pre>creating Athena Workgroup: AccessDenied
    status code: 403</pre>
    </details>
    <details id="stack-4" class="warn" data-words="dev/app blocked">
    <summary><code>dev/app</code> <span class="badge warn">blocked</span></summary>
    <div class="say warn">blocked by dev/warehouse</div>
    </details>
    <details id="stack-5" class="warn" data-words="dev/cluster deferred">
    <summary><code>dev/cluster</code> <span class="badge warn">deferred</span></summary>
    <div class="say warn">for_each needs outputs.network.zones of dev/network</div>
    </details>
    <details id="stack-6" class="warn" data-words="dev/dns waiting">
    <summary><code>dev/dns</code> <span class="badge warn">waiting</span> <span class="soft">2.0 s</span></summary>
    <div class="say warn">the plan differs from the approved one
    <b>hint:</b> platc approve a1b2c3</div>
    </details>
    <script/>
    </body>
    </html>
    "
  `);
});

test("the page loads nothing and runs nothing but its own style and script", () => {
  const page = pageOf(STORY, { graph: GRAPH });
  for (const name of ["style", "script"]) {
    const elements = [...page.matchAll(new RegExp(`<${name}>([^]*?)</${name}>`, "g"))];
    expect(elements).toHaveLength(1);
    const hash = createHash("sha256").update(elements[0]![1]!).digest("base64");
    expect(page).toContain(`${name}-src &#39;sha256-${hash}&#39;`);
  }
  expect(page).toContain('content="default-src &#39;none&#39;; ');
  expect(page).not.toMatch(/ (src|style|on\w+)=|@import|url\(/);
  expect([...page.matchAll(/href="([^"]*)"/g)].every(([, target]) => /^#stack-\d+$/.test(target!))).toBe(
    true,
  );
  expect(page.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/https?:/);
});

const HOSTILE = `</pre></script><script>alert(1)</script><img src=x onerror='a' title="b">&amp; \u202e\u0000`;

test("text of others is never markup", () => {
  const address = `dev/${HOSTILE}`;
  const events: readonly RunEvent[] = [
    {
      kind: "run-announced",
      runId: HOSTILE,
      command: "apply",
      platform: HOSTILE,
      target: "cloud",
      stacks: [address],
      upToDate: [],
      toPlan: 1,
      orphans: [],
    },
    { kind: "note", message: HOSTILE, hint: HOSTILE },
    { kind: "stack-reasons", address, reasons: [HOSTILE] },
    {
      kind: "stack-planned",
      address,
      summary: NOTHING,
      lines: [
        { text: HOSTILE, tone: "plain" },
        { text: HOSTILE, tone: "add" },
      ],
      resource_changes: [],
      output_changes: new Map(),
      overlaidBy: [HOSTILE],
      findings: [{ message: HOSTILE, hint: HOSTILE }],
    },
    {
      kind: "check-finished",
      address,
      result: {
        name: HOSTILE,
        kind: HOSTILE,
        status: "failed",
        message: HOSTILE,
        details: HOSTILE,
        attempts: 1,
        seconds: 0,
        ranAs: "cloud",
      },
    },
    finished(address, {
      status: "failed",
      message: HOSTILE,
      hint: HOSTILE,
      details: [{ message: HOSTILE, hint: HOSTILE }],
    }),
  ];
  const graph: Graph = { nodes: [address], upstreamOf: new Map() };
  const body = bodyOf(pageOf(events, { graph }));
  const tags = new Set([...body.matchAll(/<\/?([^\s>]*)/g)].map(([, name]) => name));
  expect([...tags].sort()).toMatchInlineSnapshot(`
    [
      "!doctype",
      "a",
      "b",
      "body",
      "code",
      "details",
      "div",
      "g",
      "h1",
      "h2",
      "head",
      "header",
      "html",
      "input",
      "li",
      "meta",
      "p",
      "pre",
      "rect",
      "script/",
      "span",
      "style/",
      "summary",
      "svg",
      "table",
      "tbody",
      "td",
      "text",
      "th",
      "thead",
      "title",
      "tr",
      "ul",
    ]
  `);
  expect(body).not.toMatch(/[\u0000\u202e]/);
  const shown = `&#60;/pre&#62;&#60;/script&#62;&#60;script&#62;alert(1)&#60;/script&#62;&#60;img src=x onerror=&#39;a&#39; title=&#34;b&#34;&#62;&#38;amp; �␀`;
  expect(body.split(shown).length - 1).toBe(body.split("alert(1)").length - 1);
  expect(body.split(shown).length).toBeGreaterThan(20);
});

test("secrets do not come through, in the graph neither", () => {
  const redact = (text: string): string =>
    text.replaceAll("warehouse", "***").replaceAll("AccessDenied", "***");
  const page = pageOf(STORY, { graph: GRAPH, redact });
  expect(page).toContain("dev/***");
  expect(page).not.toMatch(/warehouse|AccessDenied/);
});
