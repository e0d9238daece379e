"""What people clicked on one day, counted: the mart of the day."""

import argparse

from pyspark.sql import SparkSession
from pyspark.sql.functions import count, countDistinct


def main():
    parser = argparse.ArgumentParser()
    for name in ("from", "to", "day"):
        parser.add_argument(f"--{name}", required=True)
    given = vars(parser.parse_args())
    spark = SparkSession.builder.appName("etl_to_gold").getOrCreate()
    events = spark.read.parquet(f"{given['from'].rstrip('/')}/day={given['day']}")
    clicks = events.groupBy("document_id").agg(
        count("event_id").alias("clicks"), countDistinct("session_id").alias("sessions")
    )
    # One row for each document: the primary key of the mart.
    clicks.write.mode("overwrite").parquet(f"{given['to'].rstrip('/')}/document_clicks/day={given['day']}")


if __name__ == "__main__":
    main()
