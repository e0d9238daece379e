locals {
  text_input  = "org.apache.hadoop.mapred.TextInputFormat"
  text_output = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"

  formats = {
    parquet = {
      input      = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat"
      output     = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat"
      serde      = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
      parameters = {}
      table      = {}
    }
    orc = {
      input      = "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat"
      output     = "org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat"
      serde      = "org.apache.hadoop.hive.ql.io.orc.OrcSerde"
      parameters = {}
      table      = {}
    }
    json = {
      input      = local.text_input
      output     = local.text_output
      serde      = "org.openx.data.jsonserde.JsonSerDe"
      parameters = {}
      table      = {}
    }
    csv = {
      input      = local.text_input
      output     = local.text_output
      serde      = "org.apache.hadoop.hive.serde2.OpenCSVSerde"
      parameters = { separatorChar = ",", quoteChar = "\"", escapeChar = "\\" }
      table      = { "skip.header.line.count" = "1" }
    }
  }
}

resource "aws_glue_catalog_database" "this" {
  name         = var.database
  description  = var.description
  location_uri = var.location_uri
  tags         = var.tags
}

resource "aws_glue_catalog_table" "this" {
  for_each = var.tables

  database_name = aws_glue_catalog_database.this.name
  name          = each.key
  description   = each.value.description
  table_type    = "EXTERNAL_TABLE"

  parameters = merge(
    { EXTERNAL = "TRUE", classification = each.value.format },
    local.formats[each.value.format].table,
    each.value.parameters,
  )

  storage_descriptor {
    location      = each.value.location
    input_format  = local.formats[each.value.format].input
    output_format = local.formats[each.value.format].output

    ser_de_info {
      serialization_library = local.formats[each.value.format].serde
      parameters            = local.formats[each.value.format].parameters
    }

    dynamic "columns" {
      for_each = each.value.columns

      content {
        name    = columns.value.name
        type    = columns.value.type
        comment = columns.value.comment
      }
    }
  }

  dynamic "partition_keys" {
    for_each = each.value.partition_keys

    content {
      name    = partition_keys.value.name
      type    = partition_keys.value.type
      comment = partition_keys.value.comment
    }
  }
}
