import { describe, expect, test } from "vitest";
import type { Approval, ApprovedChange } from "../../../src/plans/approval.ts";
import { comparePlans } from "../../../src/plans/compare-plans.ts";
import { normaliseChanges } from "../../../src/plans/normalise-changes.ts";
import { parsePlan } from "../../../src/plans/parse-plan.ts";
import { recordedApproval, recordedText, testHash } from "./recordings.ts";

type JsonObject = Record<string, any>;

/** The recorded plan with one thing changed, as Terraform would have printed it. */
function mutated(name: string, mutate: (plan: JsonObject) => void): Approval {
  const plan = JSON.parse(recordedText(name)) as JsonObject;
  mutate(plan);
  return normaliseChanges(parsePlan(JSON.stringify(plan)), testHash);
}

function changeOf(plan: JsonObject, address: string): JsonObject {
  return plan.resource_changes.find((change: JsonObject) => change.address === address);
}

function told(approved: Approval, actual: Approval): readonly (readonly [string, string, string])[] {
  return comparePlans(approved, actual).map(({ address, path, message }) => [address, path, message]);
}

describe("real pairs: what was shown covers what came", () => {
  test.each([
    ["pairs/ovl1", "pairs/down1"],
    ["pairs/ovl2", "pairs/down2"],
    ["recorded/sets-shown", "recorded/sets-came"],
    ["recorded/sets-again-shown", "recorded/sets-again-came"],
    ["recorded/sets-again-shown", "recorded/sets-again-nothing"],
  ])("%s covers %s", (shown, came) => {
    expect(comparePlans(recordedApproval(shown), recordedApproval(came))).toEqual([]);
  });

  test.each(["ovl1", "ovl2", "down1", "down2", "up1", "up2"])("%s covers itself", (name) => {
    expect(comparePlans(recordedApproval(`pairs/${name}`), recordedApproval(`pairs/${name}`))).toEqual([]);
  });

  test("but not the other way round", () => {
    expect(comparePlans(recordedApproval("pairs/down2"), recordedApproval("pairs/ovl2"))).not.toEqual([]);
    expect(comparePlans(recordedApproval("pairs/ovl1"), recordedApproval("pairs/down2"))).not.toEqual([]);
  });
});

describe("one thing more than was shown", () => {
  const second = (mutate: (plan: JsonObject) => void): ReturnType<typeof told> =>
    told(recordedApproval("pairs/ovl2"), mutated("pairs/down2", mutate));

  test("an update became a replacement", () => {
    const differences = second((plan) => {
      changeOf(plan, "aws_security_group.g").change.actions = ["delete", "create"];
    });
    const message =
      "'aws_security_group.g' must be replaced; what was shown is that it will be updated in-place.";
    expect(differences).toEqual([["aws_security_group.g", "", message]]);
  });

  test("a replacement became a destruction", () => {
    const differences = second((plan) => {
      const change = changeOf(plan, "aws_s3_bucket_policy.p").change;
      Object.assign(change, { actions: ["delete"], after: null, after_unknown: {} });
    });
    const message = "'aws_s3_bucket_policy.p' will be destroyed; what was shown is that it must be replaced.";
    expect(differences).toEqual([["aws_s3_bucket_policy.p", "", message]]);
  });

  test("the order of a replacement changed", () => {
    const approved = recordedApproval("pairs/ovl2");
    const actual = mutated("pairs/ovl2", (plan) => {
      changeOf(plan, "aws_s3_bucket_policy.p").change.actions = ["create", "delete"];
    });
    expect(told(approved, actual).map(([address]) => address)).toEqual(["aws_s3_bucket_policy.p"]);
  });

  test("what was to stay changes", () => {
    const differences = second((plan) => {
      changeOf(plan, "aws_iam_role.r").change.actions = ["update"];
    });
    const message = "'aws_iam_role.r' will be updated in-place, and no change of it was shown.";
    expect(differences).toEqual([["aws_iam_role.r", "", message]]);
  });

  test("an address was added", () => {
    const differences = second((plan) => {
      changeOf(plan, 'aws_s3_object.o["team"]').address = 'aws_s3_object.o["other"]';
    });
    expect(differences.map(([address]) => address)).toEqual(['aws_s3_object.o["other"]']);
  });

  test("another deposed object", () => {
    const approved = recordedApproval("recorded/deposed");
    const actual = mutated("recorded/deposed", (plan) => (plan.resource_changes[1].deposed = "11111111"));
    expect(comparePlans(approved, actual).map(({ deposed }) => deposed)).toEqual(["11111111"]);
  });

  test("a known value changed", () => {
    const differences = second((plan) => {
      changeOf(plan, "aws_security_group.g").change.after.ingress[1].to_port = 81;
    });
    const message =
      "'ingress[1].to_port' of 'aws_security_group.g' was shown to become 80, now it would be 81.";
    expect(differences).toEqual([["aws_security_group.g", "ingress[1].to_port", message]]);
  });

  test("a known value is unknown now", () => {
    const differences = second((plan) => {
      const change = changeOf(plan, 'aws_s3_object.o["team"]').change;
      delete change.after.content;
      change.after_unknown.content = true;
    });
    expect(differences.map(([, path]) => path)).toEqual(["content"]);
  });

  test("an element was added to a known list", () => {
    const differences = second((plan) => {
      changeOf(plan, "aws_security_group.g").change.after.ingress[0].cidr_blocks.push("0.0.0.0/0");
    });
    expect(differences.map(([, path]) => path)).toEqual(["ingress[0].cidr_blocks"]);
  });

  test("a known list has another order", () => {
    const shown = mutated("recorded/sets-shown", (plan) => {
      changeOf(plan, "terraform_data.sets").change.after.input.known = ["a", "b"];
    });
    const came = mutated("recorded/sets-came", (plan) => {
      changeOf(plan, "terraform_data.sets").change.after.input.known = ["b", "a"];
    });
    expect(told(shown, came).map(([, path]) => path)).toEqual(["input.known[0]", "input.known[1]"]);
  });

  test("an attribute was added", () => {
    const differences = second((plan) => {
      changeOf(plan, 'aws_s3_object.o["team"]').change.after.extra = "x";
    });
    const message = `'extra' of 'aws_s3_object.o["team"]' was shown to become not there, now it would be "x".`;
    expect(differences.map(([, , message]) => message)).toEqual([message]);
  });

  test("the object changed since", () => {
    const differences = second((plan) => {
      changeOf(plan, "aws_security_group.g").change.before.description = "by hand";
    });
    expect(differences).toEqual([
      [
        "aws_security_group.g",
        "description",
        `'description' of 'aws_security_group.g' was "Managed by Terraform" when the plan was shown, and is "by hand" now.`,
      ],
    ]);
  });

  test("another provider", () => {
    const differences = second((plan) => {
      changeOf(plan, "aws_security_group.g").provider_name = "example.com/evil/aws";
    });
    expect(differences.map(([, , message]) => message)).toEqual([
      "'aws_security_group.g' was shown with the provider 'registry.terraform.io/hashicorp/aws', now it is 'example.com/evil/aws'.",
    ]);
  });

  test("an import was added, taken away, or is of another object", () => {
    const added = second((plan) => {
      changeOf(plan, "aws_security_group.g").change.importing = { id: "sg-1" };
    });
    expect(added.map(([, , message]) => message)).toEqual([
      "'aws_security_group.g' imports an object that was not shown.",
    ]);
    const onUnchanged = second((plan) => {
      changeOf(plan, "aws_iam_role.r").change.importing = { id: "r" };
    });
    expect(onUnchanged.map(([, , message]) => message)).toEqual([
      "'aws_iam_role.r' will be imported, and no change of it was shown.",
    ]);
    const varied = recordedApproval("recorded/varied");
    const other = mutated("recorded/varied", (plan) => {
      changeOf(plan, "terraform_data.imp2").change.importing.id = "else";
    });
    expect(told(varied, other).map(([address]) => address)).toEqual(["terraform_data.imp2"]);
    const taken = mutated("recorded/varied", (plan) => {
      delete changeOf(plan, "terraform_data.imp2").change.importing;
    });
    expect(told(varied, taken).map(([address]) => address)).toEqual(["terraform_data.imp2"]);
  });

  test("an import whose id was unknown may be of any object", () => {
    const unknown = mutated("recorded/varied", (plan) => {
      changeOf(plan, "terraform_data.imp2").change.importing = { unknown: true };
    });
    expect(comparePlans(unknown, recordedApproval("recorded/varied"))).toEqual([]);
    expect(comparePlans(recordedApproval("recorded/varied"), unknown)).not.toEqual([]);
  });

  test("a move was added or is from elsewhere", () => {
    const differences = second((plan) => {
      changeOf(plan, "aws_security_group.g").previous_address = "aws_security_group.old";
    });
    expect(differences.map(([, , message]) => message)).toEqual([
      "'aws_security_group.g' was shown as moved from nowhere, now it is moved from aws_security_group.old.",
    ]);
    const onUnchanged = second((plan) => {
      changeOf(plan, "aws_iam_role.r").previous_address = "aws_iam_role.old";
    });
    expect(onUnchanged.map(([address]) => address)).toEqual(["aws_iam_role.r"]);
  });

  test("a forgotten object would be destroyed, and the other way round", () => {
    const varied = recordedApproval("recorded/varied");
    const destroyed = mutated("recorded/varied", (plan) => {
      changeOf(plan, "terraform_data.forgotten").change.actions = ["delete"];
    });
    expect(told(varied, destroyed).map(([address]) => address)).toEqual(["terraform_data.forgotten"]);
    expect(told(destroyed, varied).map(([address]) => address)).toEqual(["terraform_data.forgotten"]);
  });

  test("a sensitive value changed, and neither is printed", () => {
    const differences = told(
      recordedApproval("pairs/ovl1"),
      mutated("pairs/down1", (plan) => {
        changeOf(plan, "aws_ssm_parameter.sec").change.after.value = "hunter3";
      }),
    );
    expect(differences).toEqual([
      [
        "aws_ssm_parameter.sec",
        "value",
        "'value' of 'aws_ssm_parameter.sec' (sensitive) would get another value than was shown.",
      ],
    ]);
  });

  test("a sensitive value is not sensitive any more, and is not printed", () => {
    const differences = told(
      recordedApproval("pairs/ovl1"),
      mutated("pairs/down1", (plan) => {
        changeOf(plan, "aws_ssm_parameter.sec").change.after_sensitive = {};
      }),
    );
    expect(differences.map(([, path]) => path)).toEqual(["value", "value_wo"]);
    expect(JSON.stringify(differences)).not.toContain("hunter2");
  });

  test("an output changed that was not shown to, or to something else", () => {
    const appeared = second((plan) => {
      Object.assign(plan.output_changes.role, { actions: ["update"], after: "x" });
    });
    expect(appeared.map(([address]) => address)).toEqual(["output.role"]);
    const other = told(
      recordedApproval("pairs/up1"),
      mutated("pairs/up1", (plan) => (plan.output_changes.vpc.after.cidr = "10.9.0.0/16")),
    );
    expect(other.map(([address, path]) => [address, path])).toEqual([["output.vpc", "cidr"]]);
  });
});

test("less than was shown is covered", () => {
  const approved = recordedApproval("pairs/ovl2");
  const nothing = mutated("pairs/down2", (plan) => {
    for (const change of plan.resource_changes) change.change.actions = ["no-op"];
  });
  expect(nothing.changes).toEqual([]);
  expect(comparePlans(approved, nothing)).toEqual([]);
  const updated = mutated("pairs/ovl2", (plan) => {
    changeOf(plan, "aws_s3_bucket_policy.p").change.actions = ["update"];
  });
  expect(comparePlans(approved, updated)).toEqual([]);
});

test("an approval holds no secret, and only what changes", () => {
  const approval = recordedApproval("recorded/values");
  const written = JSON.stringify(approval, (_, value: unknown) =>
    value instanceof Map ? [...value] : value,
  );
  expect(written).not.toContain("hunter2");
  const addresses = (name: string): readonly string[] =>
    recordedApproval(name).changes.map((change: ApprovedChange) => `${change.action} ${change.address}`);
  expect(addresses("recorded/varied")).toEqual(
    [
      "delete output.gone",
      "update output.becomes_sensitive",
      "replace terraform_data.cbd2",
      "update terraform_data.changed",
      "delete terraform_data.deleted",
      "forget terraform_data.forgotten",
      "no-op terraform_data.imp",
      "update terraform_data.imp2",
      "no-op terraform_data.new",
      "update terraform_data.up",
    ].sort((left, right) => (left.slice(left.indexOf(" ")) < right.slice(right.indexOf(" ")) ? -1 : 1)),
  );
});
