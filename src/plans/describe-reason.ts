const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: "because it is tainted",
  replace_by_request: "as requested by -replace",
  replace_by_triggers: "because of replace_triggered_by",
  delete_because_no_resource_config: "because it is not in the configuration",
  delete_because_no_module: "because its module is not in the configuration",
  delete_because_wrong_repetition: "because count or for_each was switched on or off",
  delete_because_count_index: "because its index is out of range for count",
  delete_because_each_key: "because its key is not in for_each",
  delete_because_no_move_target: "because it was moved to an address that is not in the configuration",
  read_because_config_unknown: "because it refers to values not yet known",
  read_because_dependency_pending: "because it depends on something that changes",
  read_because_check_nested: "because it is part of a check",
};

/** Why Terraform does what it does, for people; undefined where the change itself says it all. */
export function describeReason(actionReason: string): string | undefined {
  return REASONS[actionReason];
}
