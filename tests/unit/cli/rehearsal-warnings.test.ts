import { afterEach, beforeEach, expect, test } from "vitest";
import { makeProject, type Project } from "../../run/project.ts";

const specWith = (version: string, ci: string): string => `version: 1
platform: t
terraform: { providers: { aws: { source: hashicorp/aws, version: "${version}", config: { region: eu-west-1 } } } }
state: { backend: s3, config: { bucket: shop-states, region: eu-west-1 } }
environments: { dev: {} }
stacks: { raw: { module: aws/s3-bucket, inputs: { bucket: shop-raw } } }
${ci}`;

let project: Project;
beforeEach(() => (project = makeProject({})));
afterEach(() => project.remove("."));

const workflow = async (version: string, ci = ""): Promise<readonly [boolean, string]> => {
  project.write("platform.yaml", specWith(version, ci));
  const { stdout, stderr } = await project.show("ci", "github");
  return [/^ {2}rehearse:$/m.test(stdout), stderr];
};

test("a workflow rehearses by itself where there is a schema of all that is used, else where it is told to", async () => {
  expect((await workflow("~> 5.100"))[0]).toBe(true);
  expect((await workflow("~> 5.100", "ci: { github: { rehearse: false } }"))[0]).toBe(false);
  const [isThere, said] = await workflow("~> 6.0");
  expect(isThere).toBe(false);
  expect(said).toContain("warning: pull requests are not rehearsed: 'hashicorp/aws' cannot be rehearsed");
  const [isAsked, warned] = await workflow("~> 6.0", "ci: { github: { rehearse: [dev] } }");
  expect(isAsked).toBe(true);
  expect(warned).toContain("warning: the jobs that rehearse would fail without the provider");
  expect((await workflow("~> 6.0", "ci: { github: { rehearse: false } }"))[1]).not.toContain("rehearse");
});
