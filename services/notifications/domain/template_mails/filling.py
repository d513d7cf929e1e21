"""Puts what is known into a template's own words: `{school.name}`. Nothing else in them is carried out."""

import re
from collections.abc import Mapping

from shared.errors import Permanent

_NAME = re.compile(r"\{([^{}]*)\}")


def filled(text: str, known: Mapping[str, str], mail: str) -> str:
    """Return the text with every name filled in, each once: a value that holds braces stays as it is.

    Raises Permanent for a name that is not known, and for a brace that stands alone. `mail` is the key, for the error.
    """
    if re.search(r"[{}]", _NAME.sub("", text)):
        raise Permanent(
            f"The template's mail '{mail}' has a brace that stands alone; a name is written {{school.name}}."
        )

    def value(found: re.Match[str]) -> str:
        name = found.group(1)
        if name not in known:
            raise Permanent(f"The template's mail '{mail}' mentions {{{name}}}, which is not known in it.")
        return known[name]

    return _NAME.sub(value, text)
