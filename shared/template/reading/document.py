"""A template's YAML as data with line numbers, within limits.

Aliases and tags are refused: a template needs neither, and they make small files huge or build objects. A key given
twice is refused, since the second would silently win.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from shared.template.reading.faults import Fault, Where

LONGEST = 1_000_000
"""Most characters of a template."""
DEEPEST = 12
"""Most levels of lists and fields inside each other."""
MOST_FAULTS = 200


class _PlainLoader(yaml.CSafeLoader):
    """YAML in which `on` is a word and `09-25` is text; read by libyaml, ten times as fast as by Python."""


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] not in {"bool", "timestamp"}]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"true|false"), list("tf"))


class UnreadableError(ValueError):
    """This is no document that can be looked at further; `fault` says why."""

    def __init__(self, what: str, line: int = 1) -> None:
        super().__init__(what)
        self.fault = Fault((), what, line)


@dataclass(frozen=True)
class Document:
    """The data, and the line on which each place begins."""

    data: dict[str, Any]
    lines: dict[Where, int]
    repeated: tuple[Fault, ...]

    def line(self, at: Where) -> int:
        """The line of a place, or of the nearest place around it that is written."""
        while at and at not in self.lines:
            at = at[:-1]
        return self.lines.get(at, 1)


def parse(text: str) -> Document:
    """The document. Raises UnreadableError."""
    if len(text) > LONGEST:
        raise UnreadableError(f"the file has {len(text):,} characters; a template has at most {LONGEST:,}.")
    try:
        _check_events(text)
        node = yaml.compose(text, Loader=_PlainLoader)
        loader = _PlainLoader("")
        data = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UnreadableError(f"this is not YAML ({error.problem}).", line) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError(f"this is not YAML ({error}).") from error
    if node is None or not isinstance(data, dict):
        raise UnreadableError("a template is a list of fields with values; begin with `key:`.")
    return Document(data, dict(_lines(node, ())), tuple(_repeated(node, ())))


def _check_events(text: str) -> None:
    """Refuse aliases, tags and depth before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=_PlainLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise UnreadableError("anchors and aliases (& and *) are not used in templates; write it out.", line)
        tag = getattr(event, "tag", None)
        if tag not in {None, "!"}:
            raise UnreadableError(f"tags are not used in templates: take {tag} away.", line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise UnreadableError(f"lists and fields stand more than {DEEPEST} deep here.", line)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _lines(node: yaml.Node, at: Where) -> Iterator[tuple[Where, int]]:
    yield at, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*at, str(key.value))
            yield from ((path, line) for path, line in _lines(value, inner) if path != inner)
            yield inner, key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _lines(value, (*at, index))


def _repeated(node: yaml.Node, at: Where) -> Iterator[Fault]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                yield Fault((*at, name), f"'{name}' is given twice.", key.start_mark.line + 1)
            seen.add(name)
            yield from _repeated(value, (*at, name))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _repeated(value, (*at, index))
