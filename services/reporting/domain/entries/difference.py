"""What one submitted version says differently from the one before."""

from collections.abc import Mapping

from shared.template.answers import Answer


def changed_fields(before: Mapping[str, Answer], after: Mapping[str, Answer]) -> tuple[str, ...]:
    """The fields whose answers differ, in the order of the later version, then those that have gone."""
    keys = dict.fromkeys((*after, *before))
    return tuple(key for key in keys if before.get(key) != after.get(key))
