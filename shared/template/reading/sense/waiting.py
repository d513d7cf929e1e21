"""What waits can be seen to come: forms after forms of their own kind, mails to entries that their readers may read."""

from collections.abc import Iterable, Iterator

from shared.template.forms import Form
from shared.template.mails import Mail
from shared.template.moments import moment_in
from shared.template.reading.faults import Fault, Where
from shared.template.references import Reference, WrongReferenceError, parse_reference
from shared.template.template import Template

_WHOLE = frozenset({"programme", "cohort"})
_WIDE = _WHOLE | {"school", "group"}
"""Subjects of which other things are parts: one of them may have many visits, or none."""
_TO_THE_ENTRY = frozenset({"entry", "task"})
COORDINATOR = "coordinator"


def faults(template: Template) -> Iterator[Fault]:
    """Forms that wait for entries about something else, mails whose button nobody who gets them may follow."""
    for index, form in enumerate(template.forms):
        yield from _after(template, ("forms", index, "after"), form)
    for index, mail in enumerate(template.mails):
        if mail.button is not None and mail.button.page in _TO_THE_ENTRY:
            yield from _mail(template, ("mails", index), mail)


def _after(template: Template, at: Where, form: Form) -> Iterator[Fault]:
    other = template.form(_split(form.after)[0]) if form.after else None
    if other is None or form.about not in _WIDE or other.about in _WHOLE | {form.about}:
        return
    said = f"'{form.after}' is about a {other.about}, and this form about a {form.about}: nobody could tell which one."
    yield Fault(at, f"{said} Name a form about a {form.about}, or a moment of the clock.")


def _mail(template: Template, at: Where, mail: Mail) -> Iterator[Fault]:
    key, state = _split(mail.on)
    form = template.form(key)
    if form is None:
        return
    readers = list(_readers(form, state))
    may = {role for one in readers for role in template.roles_of(one.role)}
    if any(not _is_plain(template, one) for one in readers):
        return
    named = [((*at, "to", place), one) for place, one in enumerate(mail.to)]
    for index, also in enumerate(mail.also):
        named += [((*at, "also", index, "people", place), one) for place, one in enumerate(also.people)]
    for where, text in named:
        one = _parsed(text)
        if one is None or not _is_plain(template, one) or one.role == "author":
            continue
        if one.role in {reader.role for reader in readers} or (
            (roles := set(template.roles_of(one.role))) and roles <= may
        ):
            continue
        said = f"'{text}' may never read what the button leads to: name them in '{key}' under `readers` or `release`"
        yield Fault(where, f"{said}, or let the button lead home.")


def _readers(form: Form, state: str) -> Iterator[Reference]:
    """Whoever may read an entry sooner or later; of a withdrawn one, or where answers are counted, who writes it."""
    texts: list[str] = list(form.by)
    if state != "withdrawn" and form.confidential != "counts-only":
        texts += form.readers
        texts += [form.answered.by] if form.answered else []
        if form.sign_off:
            texts += [form.sign_off.by, *([COORDINATOR] if form.sign_off.silence == "asks" else [])]
        if form.release:
            texts += [form.release.by, *form.release.to, *(one for also in form.release.also for one in also.people)]
    return _all_parsed(texts)


def _all_parsed(texts: Iterable[str]) -> Iterator[Reference]:
    return (found for text in texts if text and (found := _parsed(text)))


def _is_plain(template: Template, one: Reference) -> bool:
    """Whether a reference names roles, the coordinator or the author: of others only a programme tells who they are."""
    if one.relation:
        return False
    return one.role in {COORDINATOR, "author"} or bool(template.roles_of(one.role))


def _parsed(text: str) -> Reference | None:
    try:
        return parse_reference(text)
    except WrongReferenceError:
        return None


def _split(text: str) -> tuple[str, str]:
    """The anchor of a moment and what happens to it; blank where it is none."""
    instant = moment_in(text)
    return (instant.anchor, instant.state) if instant else ("", "")
