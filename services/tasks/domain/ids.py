"""Ids derived from what they are about, so that the same cause gives the same id on every replica and replay."""

import uuid

_SPACE = uuid.UUID("f3a9b1f0-5d57-5f0e-8a38-2e6c1f0b7a54")


def task_id(*parts: str) -> str:
    """The id of the task of these: programme, key, thing, entry, line, turn, person."""
    return f"tsk-{uuid.uuid5(_SPACE, '|'.join(parts)).hex}"


def inspections_of(school_id: str) -> str:
    """The key under which a school's inspections are kept, whatever programmes it takes part in."""
    return thing_id("", "inspections", school_id)


def thing_id(programme_id: str, kind: str, about_id: str) -> str:
    """The key under which a thing of a programme is kept."""
    return f"{programme_id}|{kind}|{about_id}"


def programme_of(thing: str) -> str:
    """The programme of the thing that is kept under this key."""
    return thing.partition("|")[0]
