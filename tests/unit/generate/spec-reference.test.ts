import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  type ReferenceSchema,
  type ReferenceTable,
  specReference,
  unshownDefinitions,
} from "../../../src/generate/spec-reference.ts";

const FOLDER = join(import.meta.dirname, "../../../schema");
const BEGIN = "<!-- keys:begin -->";
const END = "<!-- keys:end -->";

const TABLES: readonly ReferenceTable[] = [
  { heading: "Platform", definition: "WrittenPlatform" },
  { heading: "Terraform", definition: "WrittenTerraform" },
  { heading: "Provider", definition: "WrittenProvider" },
  { heading: "State", definition: "WrittenState" },
  { heading: "Environment", definition: "WrittenEnvironment" },
  { heading: "Customer", definition: "WrittenCustomer" },
  { heading: "Customer environment", definition: "WrittenCustomerEnvironment" },
  { heading: "App", definition: "WrittenApp" },
  { heading: "Image", definition: "WrittenImage" },
  { heading: "Variable", definition: "WrittenVariable" },
  { heading: "Stack", definition: "WrittenStack" },
  { heading: "Module call", definition: "WrittenModuleCall" },
  { heading: "After", definition: "WrittenAfter" },
  { heading: "Output", definition: "WrittenOutput" },
  { heading: "State layer", definition: "WrittenStateLayer" },
  { heading: "Refactor", definition: "WrittenRefactor" },
  { heading: "Moved block", definition: "WrittenMovedBlock" },
  { heading: "Import block", definition: "WrittenImportBlock" },
  { heading: "Removed block", definition: "WrittenRemovedBlock" },
  { heading: "Removed lifecycle", definition: "WrittenRemovedLifecycle" },
  { heading: "Assertion", definition: "WrittenAssertion" },
  { heading: "Step", definition: "WrittenStep" },
  { heading: "Sql step", definition: "WrittenSqlStep" },
  { heading: "Command step", definition: "WrittenCommandStep" },
  { heading: "Check", definition: "WrittenCheck" },
  { heading: "HTTP check", definition: "WrittenHttpCheck" },
  { heading: "TCP check", definition: "WrittenTcpCheck" },
  { heading: "Command check", definition: "WrittenCommandCheck" },
  { heading: "S3 check", definition: "WrittenS3Check" },
  { heading: "Lambda check", definition: "WrittenLambdaCheck" },
  { heading: "Glue check", definition: "WrittenGlueCheck" },
  { heading: "Sql check", definition: "WrittenSqlCheck" },
  { heading: "Sql expectation", definition: "WrittenSqlExpectation" },
  { heading: "Quality check", definition: "WrittenQualityCheck" },
  { heading: "Quality objects", definition: "WrittenQualityObjects" },
  { heading: "Postgres", definition: "WrittenPostgres" },
  { heading: "Quality", definition: "WrittenQuality" },
  { heading: "Expectation", definition: "WrittenExpectation" },
  { heading: "Column expectation", definition: "WrittenColumnExpectation" },
  { heading: "Between expectation", definition: "WrittenBetweenExpectation" },
  { heading: "Set expectation", definition: "WrittenSetExpectation" },
  { heading: "Regex expectation", definition: "WrittenRegexExpectation" },
  { heading: "Lengths expectation", definition: "WrittenLengthsExpectation" },
  { heading: "Length expectation", definition: "WrittenLengthExpectation" },
  { heading: "Columns expectation", definition: "WrittenColumnsExpectation" },
  { heading: "Pair expectation", definition: "WrittenPairExpectation" },
  { heading: "Greater expectation", definition: "WrittenGreaterExpectation" },
  { heading: "Aggregate expectation", definition: "WrittenAggregateExpectation" },
  { heading: "Distinct expectation", definition: "WrittenDistinctExpectation" },
  { heading: "Exists expectation", definition: "WrittenExistsExpectation" },
  { heading: "Column set expectation", definition: "WrittenColumnSetExpectation" },
  { heading: "Count expectation", definition: "WrittenCountExpectation" },
  { heading: "Counts expectation", definition: "WrittenCountsExpectation" },
  { heading: "Pipelines", definition: "WrittenPipelines" },
  { heading: "DAG", definition: "WrittenDag" },
  { heading: "DAG schedule", definition: "WrittenDagSchedule" },
  { heading: "Connection", definition: "WrittenConnection" },
  { heading: "Task", definition: "WrittenTask" },
  { heading: "Command task", definition: "WrittenCommandTask" },
  { heading: "Docker task", definition: "WrittenDockerTask" },
  { heading: "Spark task", definition: "WrittenSparkTask" },
  { heading: "Slack task", definition: "WrittenSlackTask" },
  { heading: "Compose", definition: "WrittenCompose" },
  { heading: "Compose service", definition: "WrittenComposeService" },
  { heading: "Compose port", definition: "WrittenComposePort" },
  { heading: "Compose file", definition: "WrittenComposeFile" },
  { heading: "Compose healthcheck", definition: "WrittenComposeHealthcheck" },
  { heading: "CI", definition: "WrittenCi" },
  { heading: "Github", definition: "WrittenGithub" },
  { heading: "Github AWS", definition: "WrittenGithubAws" },
  { heading: "Github Azure", definition: "WrittenGithubAzure" },
];
/** A layer has the keys of what it lies over; a table of its own would say them again. */
const TOLD_ELSEWHERE = ["WrittenModuleCallLayer", "WrittenStackLayer"];

const schema = JSON.parse(readFileSync(join(FOLDER, "platform.schema.json"), "utf8")) as ReferenceSchema;

test("a key says what it takes, whether it must be there, and what it is without", () => {
  const small: ReferenceSchema = {
    definitions: {
      WrittenThing: {
        properties: {
          name: { $ref: "#/definitions/Name", description: "What it is called." },
          level: { enum: ["low", "high"], default: "low" },
          parts: {
            additionalProperties: { anyOf: [{ $ref: "#/definitions/WrittenPart" }, { type: "null" }] },
          },
          texts: {
            anyOf: [{ type: "string" }, { items: { type: "string" } }],
            description: "One | or more.",
          },
          any: {},
        },
        required: ["name"],
      },
    },
  };
  expect(specReference(small, [{ heading: "Thing", definition: "WrittenThing" }])).toBe(`### Thing

| Key | Takes | What it is |
|---|---|---|
| \`name\` | name | What it is called. Required. |
| \`level\` | \`low\`, \`high\` | Default: \`"low"\`. |
| \`parts\` | map of [part](#part) |  |
| \`texts\` | text or list of text | One \\| or more. |
| \`any\` | anything |  |`);
});

test("every definition of the schema has a table", () => {
  expect(unshownDefinitions(schema, TABLES)).toEqual(TOLD_ELSEWHERE);
});

// `npx vitest run tests/unit/generate -u` writes what is not current.
test("schema/README.md is current", async () => {
  const file = join(FOLDER, "README.md");
  const readme = readFileSync(file, "utf8");
  const [before, rest] = readme.split(BEGIN);
  const after = rest?.split(END)[1];
  expect(after).toBeDefined();
  await expect(`${before}${BEGIN}\n${specReference(schema, TABLES)}\n${END}${after}`).toMatchFileSnapshot(
    file,
  );
});
