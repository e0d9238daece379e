mock_provider "aws" {}

variables {
  database = "unit"
}

run "database_alone" {
  assert {
    condition     = output.database == "unit" && length(aws_glue_catalog_table.this) == 0
    error_message = "Without tables there must be the database alone."
  }
}

run "tables" {
  variables {
    tables = {
      counts = {
        location       = "s3://unit/counts"
        format         = "parquet"
        columns        = [{ name = "key", type = "string" }, { name = "count", type = "bigint" }]
        partition_keys = [{ name = "day", type = "date" }]
        parameters     = { classification = "delta" }
      }
      numbers = {
        location = "s3://unit/numbers"
        format   = "csv"
        columns  = [{ name = "name", type = "string" }]
      }
    }
  }

  assert {
    condition     = one(aws_glue_catalog_table.this["counts"].storage_descriptor).columns[*].name == tolist(["key", "count"])
    error_message = "Columns must stay in order."
  }

  assert {
    condition     = aws_glue_catalog_table.this["counts"].partition_keys[*].name == tolist(["day"])
    error_message = "Partition keys stand beside the columns."
  }

  assert {
    condition     = strcontains(one(one(aws_glue_catalog_table.this["counts"].storage_descriptor).ser_de_info).serialization_library, "ParquetHiveSerDe")
    error_message = "A parquet table must be read as parquet."
  }

  assert {
    condition     = aws_glue_catalog_table.this["counts"].parameters["classification"] == "delta"
    error_message = "Parameters of the user must win."
  }

  assert {
    condition     = aws_glue_catalog_table.this["numbers"].parameters["skip.header.line.count"] == "1"
    error_message = "The header line of a csv file must not be read as data."
  }

  assert {
    condition     = sort(keys(output.table_arns)) == tolist(["counts", "numbers"])
    error_message = "All tables must be told by name."
  }
}

run "refuses_a_hyphen" {
  command = plan

  variables {
    database = "unit-db"
  }

  expect_failures = [var.database]
}

run "refuses_an_unknown_format" {
  command = plan

  variables {
    tables = { t = { location = "s3://unit/t", format = "Parquet", columns = [{ name = "a", type = "string" }] } }
  }

  expect_failures = [var.tables]
}

run "refuses_a_column_that_is_a_partition_key_too" {
  command = plan

  variables {
    tables = {
      t = {
        location       = "s3://unit/t"
        format         = "orc"
        columns        = [{ name = "day", type = "date" }]
        partition_keys = [{ name = "day", type = "date" }]
      }
    }
  }

  expect_failures = [var.tables]
}

run "refuses_a_typed_csv_column" {
  command = plan

  variables {
    tables = { t = { location = "s3://unit/t", format = "csv", columns = [{ name = "n", type = "int" }] } }
  }

  expect_failures = [var.tables]
}
