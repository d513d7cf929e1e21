"""Says whether a message's schema may replace the released one.

An event only grows, by optional fields: who reads it may be older or newer than who wrote it. A command or query
may besides accept more than before (another value of an enumeration, a field no longer needed), since only its owner
reads it. A pattern that the released default itself did not fit may be mended. Anything else is a new version beside
the old one.
"""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

Schema: TypeAlias = dict[str, Any]
_SAY_NOTHING = {"title", "description", "default", "examples"}
_OWN_RULES = {"properties", "required", "items", "$defs"}


def incompatibilities(released: Schema, current: Schema, *, may_accept_more: bool = False) -> list[str]:
    """What of `current` breaks readers or writers of `released`, a sentence each; empty if nothing does."""
    return list(_compare("", _inlined(released, released), _inlined(current, current), may_accept_more))


def _inlined(node: Any, root: Schema) -> Any:
    """The schema with each `$ref` replaced by what it points at; contracts hold no cycles."""
    if isinstance(node, list):
        return [_inlined(entry, root) for entry in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _inlined(root["$defs"][node["$ref"].rpartition("/")[2]], root)
    return {word: _inlined(value, root) for word, value in node.items() if word != "$defs"}


def _compare(path: str, old: Schema, new: Schema, more: bool) -> Iterator[str]:
    here = path or "the message"
    for word in sorted((set(old) | set(new)) - _SAY_NOTHING - _OWN_RULES):
        before, after = old.get(word), new.get(word)
        if word in {"anyOf", "oneOf"} and isinstance(before, list) and isinstance(after, list):
            yield from _alternatives(here, before, after, more)
        elif isinstance(before, dict) and isinstance(after, dict):
            yield from _compare(f"{path}.{word}", before, after, more)
        elif word == "pattern" and _refused_its_default(old, after):
            continue
        elif before != after and not (more and _accepts_more(word, before, after, new)):
            yield f"{here}: {word} was {before!r} and is {after!r}"
    if ("items" in old) != ("items" in new):
        yield f"{here}: the kind of its entries changed"
    elif "items" in old:
        yield from _compare(f"{path}[]", old["items"], new["items"], more)
    yield from _fields(path, old, new, more)


def _refused_its_default(old: Schema, pattern: Any) -> bool:
    """Whether the released pattern did not fit the released default, which was sent all the same, and this one does."""
    default = old.get("default")
    if not isinstance(default, str) or not isinstance(pattern, str):
        return False
    return re.search(old["pattern"], default) is None and re.search(pattern, default) is not None


def _accepts_more(word: str, before: Any, after: Any, new: Schema) -> bool:
    """Whether a rule of a request was loosened: more values of an enumeration, or any text instead of it."""
    if word == "enum":
        return after is None or set(before or ()) <= set(after)
    return word in {"pattern", "maxLength"} and before is None and "enum" not in new


def _alternatives(here: str, before: list[Schema], after: list[Schema], more: bool) -> Iterator[str]:
    if len(before) != len(after):
        yield f"{here}: had {len(before)} alternatives and has {len(after)}"
        return
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        yield from _compare(f"{here}|{number}", old, new, more)


def _fields(path: str, old: Schema, new: Schema, more: bool) -> Iterator[str]:
    before, after = old.get("properties", {}), new.get("properties", {})
    needed, needs = set(old.get("required", ())), set(new.get("required", ()))
    for name in before:
        if name not in after:
            yield f"{path}.{name} is gone"
            continue
        if name in needs - needed:
            yield f"{path}.{name} has become required"
        if name in needed - needs and not more:
            yield f"{path}.{name} is no longer always there"
        yield from _compare(f"{path}.{name}", before[name], after[name], more)
    for name in sorted(needs - set(before)):
        yield f"{path}.{name} is new and required; give it a default"
