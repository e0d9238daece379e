"""Writes sample-events.json.gz and expected-counts.json beside itself: one hour of made-up GitHub activity.

The expected counts are kept while the events are made, by other means than the processing job's.
"""

import gzip
import json
import os

HOUR = "2015-01-01T15"
EVENTS = 200
KINDS = ("PushEvent", "PushEvent", "PushEvent", "WatchEvent", "CreateEvent", "IssuesEvent", "PullRequestEvent")
ACTORS = ("ada", "brian", "chandra", "dilek", "eun-ji")
REPOSITORIES = ("ada/engine", "brian/shell", "d2b/data-cloud", "eun-ji/trino-plugins")


def main(folder):
    events = [make_event(number) for number in range(EVENTS)]
    lines = "".join(json.dumps(event, sort_keys=True, ensure_ascii=False) + "\n" for event in events)
    with open(os.path.join(folder, "sample-events.json.gz"), "wb") as file:
        file.write(gzip.compress(lines.encode("utf-8"), mtime=0))
    with open(os.path.join(folder, "expected-counts.json"), "w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(expected_counts(), indent=2, sort_keys=True) + "\n")


def choices(number):
    """Type, actor and repository of an event: uneven, and the same on every machine."""
    mixed = number * 7919 % 10007
    return KINDS[mixed % len(KINDS)], ACTORS[mixed % 23 % len(ACTORS)], REPOSITORIES[mixed % 31 % len(REPOSITORIES)]


def make_event(number):
    kind, actor, repository = choices(number)
    minute, second = divmod(number * 17, 60)
    return {
        "id": str(2489650000 + number),
        "type": kind,
        "actor": {"id": 1000 + ACTORS.index(actor), "login": actor},
        "repo": {"id": 2000 + REPOSITORIES.index(repository), "name": repository},
        "payload": {"message": f"Änderung {number} ✓"},
        "public": True,
        "created_at": f"{HOUR}:{minute % 60:02d}:{second:02d}Z",
    }


def expected_counts():
    picked = [choices(number) for number in range(EVENTS)]
    names = ("by_type", "by_actor", "by_repository")
    counts = {name: {} for name in names}
    for choice in picked:
        for name, value in zip(names, choice):
            counts[name][value] = counts[name].get(value, 0) + 1
    return {"events": len(picked), **counts}


if __name__ == "__main__":
    main(os.path.dirname(os.path.abspath(__file__)))
