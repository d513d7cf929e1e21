"""What becomes of a school's part: asked, answered, excepted from a rule, admitted, refused, lapsed."""

import datetime as dt
from collections.abc import Collection, Sequence

from services.programmes.domain.participation.records import Excepted, Participation, ParticipationDecision
from services.programmes.domain.participation.rules import RuleStands, rule_named
from services.programmes.domain.records import Programme
from shared.errors import Rejected
from shared.events import participation as told
from shared.events.participation import Answer
from shared.template import Template
from shared.template.days import day_of

__all__ = [
    "BY_RULES",
    "PROVISIONAL",
    "admitted_by_rules",
    "answer",
    "ask",
    "decide",
    "except_from",
    "lapse",
    "may_answer",
    "maybe_until",
    "template_of",
]

BY_RULES = "rules"
"""The rule by which a school is admitted that keeps to every rule of the template."""
PROVISIONAL = "provisional"
"""The rule by which a maybe runs out."""


def template_of(programme: Programme) -> Template:
    """The programme's template. Raises Rejected("no-participation") where it does not say how schools take part."""
    if not isinstance(programme.template, Template):
        sentence = f"'{programme.name}' runs by a template in the language of 0.1.0: its schools enrol or do not."
        raise Rejected("no-participation", sentence)
    return programme.template


def ask(before: Participation, person_id: str, because: str, until: dt.date | None = None) -> ParticipationDecision:
    """Ask somebody at a school."""
    after = _next(before, person_id=person_id)
    event = told.ParticipationAsked.model_validate({**_facts(after), "because": because, "until": until})
    return ParticipationDecision(after, (event,))


def may_answer(person_id: str, record: Participation, inside: Collection[str]) -> bool:
    """Whether somebody sees and answers whether the school takes part: who was asked, and who takes part for it."""
    return bool(person_id) and (person_id == record.person_id or person_id in inside)


def answer(
    before: Participation,
    programme: Programme,
    said: Answer,
    *,
    reason: str,
    person_id: str | None,
    inside: Collection[str],
    today: dt.date,
    ask_again: bool = True,
) -> ParticipationDecision:
    """Take a school's answer; the same again changes nothing. `inside`: who takes part for the school now.

    Raises Rejected for a stranger, and where the answer is none of the template's.
    """
    template = template_of(programme)
    if person_id is not None and not may_answer(person_id, before, inside):
        raise Rejected("not-entitled", "Only who was asked, or takes part for the school, can answer for it.")
    allowed = template.participation.answers
    if said not in allowed:
        raise Rejected("no-such-answer", f"This programme takes {_either(allowed)} for an answer.")
    words = " ".join(reason.split())
    until = _provisional_until(programme, template, today) if said == "maybe" else None
    if said != "yes" and not words:
        raise Rejected("reason-missing", f"Please say in a sentence why the answer is {said}.")
    as_before = (before.answer, before.reason, before.provisional_until, before.ask_again)
    if as_before == (said, words, until, ask_again):
        return ParticipationDecision(before)
    who = person_id or before.person_id
    after = _next(
        before, person_id=who, answer=said, reason=words, on=today, provisional_until=until,
        ask_again=ask_again,
        outcome=None, outcome_rule="", outcome_reason="", decided_on=None,
    )  # fmt: skip
    facts = {**_facts(after), "person_id": person_id}
    event = told.ParticipationAnswered.model_validate(
        {**facts, "answer": said, "on": today, "provisional_until": until}
    )
    return ParticipationDecision(after, (event,))


def except_from(
    before: Participation, programme: Programme, rule: str, of: str, *, reason: str, arranged: bool, today: dt.date
) -> ParticipationDecision:
    """A school need not keep to a rule. Raises Rejected where there is no such rule, or it takes no reason."""
    found = rule_named(template_of(programme), rule, of)
    if not found:
        raise Rejected(
            "unknown-rule", f"This programme has no rule '{rule}' {f'of {of} ' if of else ''}for taking part."
        )
    if len(found) > 1:
        forms = ", ".join(one.of for one in found)
        raise Rejected("which-rule", f"Name the form that is meant: {forms}.")
    (stands,) = found
    if not arranged and not stands.or_reason:
        sentence = "A reason does not do for this rule; the coordinator may allow it by arrangement."
        raise Rejected("no-reason-taken", sentence)
    how = "by-arrangement" if arranged else "reason"
    one = Excepted.model_validate({"rule": rule, "of": stands.of, "how": how, "reason": reason, "on": today})
    others = tuple(each for each in before.exceptions if (each.rule, each.of) != (rule, stands.of))
    after = _next(before, exceptions=(*others, one))
    event = told.RuleExcepted.model_validate({**_facts(after), "rule": rule, "of": stands.of, "how": how, "on": today})
    return ParticipationDecision(after, (event,))


def admitted_by_rules(
    decided: ParticipationDecision, rules: Sequence[RuleStands], today: dt.date, *, enrolled: bool
) -> ParticipationDecision:
    """Admit a school once it has said yes, is enrolled, and no rule stands against it; else leave it as it is."""
    before = decided.record
    willing = enrolled and before.answer != "maybe" and before.outcome is None
    if not willing or not rules or not all(one.settled for one in rules):
        return decided
    excepted = [one.rule.rule for one in rules if not one.kept]
    reason = f"Excepted from {', '.join(excepted)}." if excepted else "Keeps to every rule."
    return _and(decided, _outcome(before, "admitted", BY_RULES, reason, today))


def decide(before: Participation, *, admitted: bool, rule: str, reason: str, today: dt.date) -> ParticipationDecision:
    """The coordinator's word, with the rule it goes by and its reason."""
    return _outcome(before, "admitted" if admitted else "refused", rule, reason, today)


def lapse(before: Participation, today: dt.date) -> ParticipationDecision:
    """A maybe whose last day is over counts no more; any other answer stays."""
    if before.answer != "maybe" or before.provisional_until is None or before.provisional_until >= today:
        return ParticipationDecision(before)
    reason = f"The answer was still maybe after {before.provisional_until:%d/%m/%Y}."
    return _outcome(before, "lapsed", PROVISIONAL, reason, today)


def _outcome(before: Participation, outcome: str, rule: str, reason: str, today: dt.date) -> ParticipationDecision:
    after = _next(before, outcome=outcome, outcome_rule=rule, outcome_reason=reason, decided_on=today)
    event = told.ParticipationDecided.model_validate({**_facts(after), "outcome": outcome, "rule": rule, "on": today})
    return ParticipationDecision(after, (event,))


def maybe_until(programme: Programme, template: Template) -> dt.date | None:
    """The last day on which a maybe counts; None where the programme has none."""
    text = template.participation.provisional_until
    return day_of(text, template, programme.year, programme.pauses) if text else None


def _provisional_until(programme: Programme, template: Template, today: dt.date) -> dt.date | None:
    """The last day of a maybe; none where the template has none. Raises Rejected("too-late")."""
    until = maybe_until(programme, template)
    if until is not None and until < today:
        raise Rejected("too-late", f"A maybe counted until {until:%d/%m/%Y}; please answer yes or no.")
    return until


def _and(one: ParticipationDecision, other: ParticipationDecision) -> ParticipationDecision:
    return ParticipationDecision(other.record, (*one.events, *other.events))


def _next(before: Participation, **update: object) -> Participation:
    return before.model_copy(update={**update, "version": before.version + 1})


def _facts(record: Participation) -> dict[str, object]:
    return record.model_dump(include={"version", *told.ParticipationFacts.model_fields})


def _either(answers: Sequence[str]) -> str:
    *first, last = answers
    return f"{', '.join(first)} or {last}" if first else last
