"""Reads a job's arguments as Glue's own library does."""

import argparse


class GlueArgumentError(Exception):
    pass


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        raise GlueArgumentError(message)


def getResolvedOptions(args, options):  # noqa: N802, Glue's own name
    """The values of `options` in `args` (sys.argv), each of them required."""
    parser = _Parser(allow_abbrev=False)
    for option in options:
        parser.add_argument("--" + option, required=True)
    found, _ = parser.parse_known_args(args[1:])
    return vars(found)
