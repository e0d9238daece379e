mock_provider "aws" {
  mock_resource "aws_iam_openid_connect_provider" {
    defaults = {
      arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
    }
  }
}

variables {
  name       = "unit"
  repository = { owner = "acme", name = "platform" }

  plan_role = {
    statements       = [{ sid = "Read", actions = ["s3:Get*", "ec2:Describe*", "kms:Decrypt"], resources = ["*"] }]
    lock_object_arns = ["arn:aws:s3:::unit-state/*.tflock"]
  }

  environments = {
    dev  = { statements = [{ actions = ["s3:*"], resources = ["*"] }] }
    prod = { managed_policy_arns = { power = "arn:aws:iam::aws:policy/PowerUserAccess" } }
  }
}

run "own_provider" {
  assert {
    condition     = aws_iam_openid_connect_provider.github[0].url == "https://token.actions.githubusercontent.com" && contains(aws_iam_openid_connect_provider.github[0].client_id_list, "sts.amazonaws.com")
    error_message = "The provider must be GitHub's, for the audience of STS."
  }

  assert {
    condition = jsondecode(aws_iam_role.plan[0].assume_role_policy) == {
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Principal = { Federated = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"] }
        Action    = ["sts:AssumeRoleWithWebIdentity"]
        Condition = {
          StringEquals = {
            "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"]
            "token.actions.githubusercontent.com:sub" = ["repo:acme/platform:pull_request"]
          }
        }
      }]
    }
    error_message = "The plan role must be pinned, by StringEquals, to pull requests of this repository."
  }

  assert {
    condition = { for name, role in aws_iam_role.apply : name => one(jsondecode(role.assume_role_policy).Statement).Condition.StringEquals["token.actions.githubusercontent.com:sub"] } == {
      dev  = ["repo:acme/platform:environment:dev"]
      prod = ["repo:acme/platform:environment:prod"]
    }
    error_message = "Every apply role must be pinned to its own environment."
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.plan[0].policy).Statement == [
      { Sid = "Read", Effect = "Allow", Action = ["s3:Get*", "ec2:Describe*", "kms:Decrypt"], Resource = ["*"] },
      { Sid = "LockStates", Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], Resource = ["arn:aws:s3:::unit-state/*.tflock"] },
    ]
    error_message = "The plan role must be able to read, and to write locks alone."
  }

  assert {
    condition     = keys(aws_iam_role_policy.apply) == ["dev"] && aws_iam_role_policy_attachment.apply["prod/power"].policy_arn == "arn:aws:iam::aws:policy/PowerUserAccess"
    error_message = "Every apply role must get its own rights and no other's."
  }

  assert {
    condition     = output.role_names == { plan = "unit-plan", "apply-dev" = "unit-apply-dev", "apply-prod" = "unit-apply-prod" }
    error_message = "All roles must be told by name."
  }
}

run "subjects_with_ids" {
  variables {
    repository = { owner = "acme", name = "platform", owner_id = 9919, repository_id = 1234567890123 }
  }

  assert {
    condition = output.subjects == {
      plan         = "repo:acme@9919/platform@1234567890123:pull_request"
      "apply-dev"  = "repo:acme@9919/platform@1234567890123:environment:dev"
      "apply-prod" = "repo:acme@9919/platform@1234567890123:environment:prod"
    }
    error_message = "With ids the subjects must carry them, in full digits."
  }

  assert {
    condition     = one(jsondecode(aws_iam_role.plan[0].assume_role_policy).Statement).Condition.StringEquals["token.actions.githubusercontent.com:sub"] == ["repo:acme@9919/platform@1234567890123:pull_request"]
    error_message = "The form with ids must be the only one that is trusted."
  }
}

run "existing_provider_without_plan_role" {
  variables {
    oidc_provider = { arn = "arn:aws:iam::123456789012:oidc-provider/existing" }
    plan_role     = null
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 0 && output.provider_arn == "arn:aws:iam::123456789012:oidc-provider/existing"
    error_message = "An existing provider must be used, and none made."
  }

  assert {
    condition     = length(aws_iam_role.plan) == 0 && length(aws_iam_role_policy.plan) == 0 && output.plan_role_arn == null
    error_message = "Without plan_role there must be no such role."
  }

  assert {
    condition     = one(jsondecode(aws_iam_role.apply["dev"].assume_role_policy).Statement).Principal.Federated == ["arn:aws:iam::123456789012:oidc-provider/existing"]
    error_message = "The roles must trust the existing provider."
  }
}

run "refuses_a_plan_role_that_writes" {
  command = plan

  variables {
    plan_role = { statements = [{ actions = ["s3:GetObject", "s3:PutObject"], resources = ["*"] }] }
  }

  expect_failures = [var.plan_role]
}

run "refuses_a_plan_role_that_may_do_anything" {
  command = plan

  variables {
    plan_role = { statements = [{ actions = ["s3:*"], resources = ["*"] }] }
  }

  expect_failures = [var.plan_role]
}

run "refuses_locks_that_are_no_locks" {
  command = plan

  variables {
    plan_role = {
      statements       = [{ actions = ["s3:GetObject"], resources = ["*"] }]
      lock_object_arns = ["arn:aws:s3:::unit-state/*"]
    }
  }

  expect_failures = [var.plan_role]
}

run "refuses_a_wildcard_repository" {
  command = plan

  variables {
    repository = { owner = "acme", name = "*" }
  }

  expect_failures = [var.repository]
}

run "refuses_one_id_alone" {
  command = plan

  variables {
    repository = { owner = "acme", name = "platform", owner_id = 9919 }
  }

  expect_failures = [var.repository]
}

run "refuses_an_environment_with_a_colon" {
  command = plan

  variables {
    environments = { "dev:x" = { statements = [{ actions = ["s3:*"], resources = ["*"] }] } }
  }

  expect_failures = [var.environments]
}

run "nothing_but_the_provider" {
  command = plan

  variables {
    plan_role    = null
    environments = {}
  }

  assert {
    condition     = length(output.role_names) == 0 && length(output.apply_role_arns) == 0
    error_message = "Without roles there must be the provider alone."
  }
}
