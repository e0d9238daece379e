"""Validates a suite on a data frame with Great Expectations; prints type, kwargs and verdict of each as JSON."""

import json
import sys

import great_expectations as gx
import pandas

suite_file, data_file = sys.argv[1:]
with open(suite_file, encoding="utf-8") as file:
    suite = gx.ExpectationSuite(**json.load(file))
with open(data_file, encoding="utf-8") as file:
    data = json.load(file)
frame = pandas.DataFrame(data["rows"], columns=list(data["types"]))
for column, kind in data["types"].items():
    frame[column] = frame[column].astype(kind)
context = gx.get_context(mode="ephemeral")
batch = (
    context.data_sources.add_pandas("pandas")
    .add_dataframe_asset("table")
    .add_batch_definition_whole_dataframe("all")
    .get_batch(batch_parameters={"dataframe": frame})
)
result = batch.validate(suite).to_json_dict()
print(
    json.dumps(
        [
            {
                "type": one["expectation_config"]["type"],
                "kwargs": {key: value for key, value in one["expectation_config"]["kwargs"].items() if key != "batch_id"},
                "status": "error" if any_raised else "passed" if one["success"] else "failed",
                "unexpected": one["result"].get("unexpected_count"),
            }
            for one in result["results"]
            for any_raised in [json.dumps(one.get("exception_info", {})).count('"raised_exception": true') > 0]
        ]
    )
)
