"""A text is picked out of several: which ones stand together, and what is counted of it.

The others come from a list of the template. Keys and order follow from the texts and what they are about, so that
everybody at a school reads the same, nothing in a page says which one is right, and a new version of the text makes
another question: answers to the two are never added up (`mark_of`).
"""

import hashlib
import json
from collections.abc import Mapping

from services.reporting.domain.entries.context import Context
from shared.template import FormField, Template
from shared.template.answers import Answer
from shared.template.counting import AMONG, mark
from shared.template.kinds import RECOGNISE

UNSURE = "unsure"
NOT_SURE = "I am not sure"


def offered(field: FormField, text: str, about_id: str, template: Template) -> tuple[dict[str, str], str]:
    """What can be picked, key -> text, and the key of the right one; nothing at all without a text."""
    if not text.strip():
        return {}, ""
    right = _key(about_id, field.key, text)
    others = [one.title for one in template.entries(field.of) if _plain(one.title) != _plain(text)]
    number = int(field.most or AMONG) - 1
    chosen = sorted(others, key=lambda other: _key(about_id, text, other))[:number]
    texts = {right: text, **{_key(about_id, field.key, one): one for one in chosen}}
    return {**dict(sorted(texts.items())), UNSURE: NOT_SURE}, right


def unwritten(field: FormField, template: Template) -> str:
    """Why nothing can be picked yet."""
    form = template.form(field.source.partition(".")[0])
    title = form.title if form else field.source
    return f"“{title}” is not written yet. Write it first: this asks people to pick it out of several."


def meant(answers: Mapping[str, Answer], context: Context) -> dict[str, Answer]:
    """The answers as they are counted: of a text only whether the right one was picked."""
    right, found = context.right, dict(answers)
    for key in right.keys() & answers.keys():
        picked = answers[key]
        found[key] = "known" if picked == right[key] else UNSURE if picked == UNSURE else "another"
    return found


def mark_of(context: Context) -> str:
    """The mark of the words that people read, the texts that they pick from among them."""
    words = mark(context.form, context.programme.template)
    texts = [context.options.get(one.key, {}) for one in context.form.fields if one.kind == RECOGNISE]
    return f"{words}-{_short(json.dumps(texts, sort_keys=True))}" if texts else words


def _key(*parts: str) -> str:
    return _short("|".join(parts))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
