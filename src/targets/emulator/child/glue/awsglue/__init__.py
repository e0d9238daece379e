"""The part of AWS Glue's Python library that a Python shell job uses to read its arguments."""
