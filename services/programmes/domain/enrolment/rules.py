"""The rules of enrolment, one function each: given a wish and how things stand, the ways in which it breaks that rule.

Their names are shown to people and kept stable; the sentences say what to do.
"""

from collections.abc import Callable, Iterator
from difflib import get_close_matches

from services.programmes.domain.enrolment.days import academic_year, days_left_for_visits
from services.programmes.domain.enrolment.people_rules import (
    addresses_are_valid,
    each_has_an_address_of_their_own,
    nobody_is_renamed_elsewhere,
    pair_is_two_people,
    roles_are_filled,
    roles_belong_to_the_programme,
    teams_are_no_larger,
)
from services.programmes.domain.enrolment.standing import Broken, Standing
from services.programmes.domain.programme import NOT_NOW
from services.programmes.domain.register.words import Status
from shared.commands.programmes import EnrolSchool, TopicClaim

__all__ = ["CORRECTIONS", "RULES", "broken_rules"]

Rule = Callable[[EnrolSchool, Standing], Iterator[Broken]]

_CLOSED = (
    "Enrolment to this programme is closed. `kindred programmes reopen` opens it until a day, "
    "`kindred enrolments admit` lets one school in, `kindred enrolments correct` puts dates and 'not with' right."
)


def programme_takes_schools_in(_wish: EnrolSchool, standing: Standing) -> Iterator[Broken]:
    """`draft`, `postponed`, `completed`, `archived`: a programme takes schools in while it recruits or runs."""
    if standing.stage:
        yield Broken(standing.stage, f"This programme {NOT_NOW[standing.stage]}.", "URN")


def enrolment_is_open(_wish: EnrolSchool, standing: Standing) -> Iterator[Broken]:
    """`enrolment-closed`: after matching has begun nobody joins and no wish changes, but by a coordinator's hand."""
    if standing.state == "closed":
        yield Broken("enrolment-closed", _CLOSED, "URN")


def school_is_known(wish: EnrolSchool, standing: Standing) -> Iterator[Broken]:
    """`unknown-urn`: the register has the school."""
    if wish.urn not in standing.known:
        yield Broken("unknown-urn", f"No school in the register has URN {wish.urn}.", "URN")


def school_is_open(wish: EnrolSchool, standing: Standing) -> Iterator[Broken]:
    """`closed-school`, `not-open-yet`: it has pupils and staff; 'open, but proposed to close' still counts."""
    school = standing.known.get(wish.urn)
    if school is None or school.status.enrollable:
        return
    if school.status is Status.PROPOSED:
        yield Broken("not-open-yet", f"{school.name} (URN {wish.urn}) is only proposed to open.", "URN")
        return
    after = ", ".join(str(urn) for urn in school.successors)
    hint = f" It went on under URN {after}: please use that." if after else ""
    yield Broken("closed-school", f"{school.name} (URN {wish.urn}) is closed.{hint}", "URN")


def school_is_of_a_party(wish: EnrolSchool, standing: Standing) -> Iterator[Broken]:
    """`outside-party`: where trusts or partnerships take part, a school does so with its own."""
    if standing.outside:
        kind = standing.terms.party
        sentence = (
            f"The school with URN {wish.urn} is of no {kind} that takes part; `kindred parties` enrols its {kind}."
        )
        yield Broken("outside-party", sentence, "URN")


def strengths_and_needs_go_together(wish: EnrolSchool, _standing: Standing) -> Iterator[Broken]:
    """`needs-without-strengths`, `strengths-without-needs`: everybody gives and everybody receives."""
    if wish.needs and not wish.strengths:
        yield Broken(
            "needs-without-strengths",
            "The school names needs but no strength: it must have something to share.",
            "Strength 1",
        )
    if wish.strengths and not wish.needs:
        yield Broken(
            "strengths-without-needs",
            "The school names strengths but no need: it must want to learn something.",
            "Need 1",
        )


def topics_are_counted(wish: EnrolSchool, standing: Standing) -> Iterator[Broken]:
    """`too-few-topics`, `too-many-topics`: as many strengths and needs as the template allows."""
    rules = standing.terms
    for word, claims, other, (least, most) in (
        ("strength", wish.strengths, wish.needs, rules.strengths),
        ("need", wish.needs, wish.strengths, rules.needs),
    ):
        column = f"{word.capitalize()} {len(claims) + 1}"
        if len(claims) < least and (claims or not other):
            yield Broken(
                "too-few-topics", f"The school names {len(claims)} {word}s; at least {least} are asked for.", column
            )
        if len(claims) > most:
            yield Broken(
                "too-many-topics", f"The school names {len(claims)} {word}s; at most {most} are taken.", column
            )


def topics_are_listed(wish: EnrolSchool, standing: Standing) -> Iterator[Broken]:
    """`unknown-topic`, `topic-twice`, `weight`, `evidence-missing`.

    Each claim is of the list, once, weighed 1 to 5 and backed by a sentence.
    """
    yield from _claims("Strength", wish.strengths, standing)
    yield from _claims("Need", wish.needs, standing)


def _not_a_topic(text: str, standing: Standing) -> str:
    """Say so, with the nearest topic where one is near."""
    titles = {topic.title.casefold(): topic.title for topic in standing.terms.topics}
    near = get_close_matches(text.casefold()[:200], titles, n=1, cutoff=0.7)
    nearest = f"; the nearest is '{titles[near[0]]}'" if near else ""
    return f"'{text[:60]}' is not a topic of this programme{nearest}."


def _claims(word: str, claims: tuple[TopicClaim, ...], standing: Standing) -> Iterator[Broken]:
    listed = {topic.key for topic in standing.terms.topics}
    seen: set[str] = set()
    for number, claim in enumerate(claims, start=1):
        column = f"{word} {number}"
        if claim.topic not in listed:
            yield Broken("unknown-topic", _not_a_topic(claim.topic, standing), column)
        if claim.topic in seen:
            yield Broken("topic-twice", f"'{claim.topic[:60]}' is named twice as a {word.lower()}.", column)
        seen.add(claim.topic)
        if not 1 <= claim.weight <= 5:
            yield Broken(
                "weight",
                f"The weight of {word.lower()} {number} is {claim.weight}; it must be 1 to 5.",
                f"{column} weight",
            )
        if not claim.evidence.strip():
            yield Broken(
                "evidence-missing",
                f"{word} {number} needs a sentence of evidence: how does the school know?",
                f"{column} evidence",
            )


def dates_lie_in_the_year(wish: EnrolSchool, standing: Standing) -> Iterator[Broken]:
    """`dates-outside-year`: impossible dates are of the programme's year, else somebody mistyped."""
    year = academic_year(standing.year)
    named = [("Dates not possible", wish.dates_not_possible)]
    named += [
        (standing.terms.column(person.role, "dates not possible"), person.dates_not_possible) for person in wish.people
    ]
    for column, spans in named:
        for span in spans:
            if span.first < year.first or span.last > year.last:
                dates = f"{span.first:%d/%m/%Y} to {span.last:%d/%m/%Y}"
                sentence = f"{dates} does not lie in the school year {standing.year}/{(standing.year + 1) % 100:02}."
                yield Broken("dates-outside-year", sentence, column)


def some_day_is_left(wish: EnrolSchool, standing: Standing) -> Iterator[Broken]:
    """`no-possible-date`.

    The school and its pair together leave at least as many days as a group of the smallest size has visits.
    """
    pair = standing.terms.pair
    blocked = [
        *wish.dates_not_possible,
        *(span for person in wish.people if person.role in pair for span in person.dates_not_possible),
    ]
    if not blocked or not standing.terms.visits:
        return
    needed = standing.terms.smallest_group
    left = days_left_for_visits(standing.terms.visits, standing.year, blocked)
    if left < needed:
        days = "no day" if left == 0 else f"only {left} day{'s' if left > 1 else ''}"
        sentence = (
            f"The dates that are not possible leave {days} for visits all year; a group of {needed} needs {needed}."
        )
        yield Broken("no-possible-date", sentence, "Dates not possible")


def travel_is_sensible(wish: EnrolSchool, _standing: Standing) -> Iterator[Broken]:
    """`travel`: more than nothing, less than the length of the country."""
    if wish.farthest_travel_km is not None and not 0 < wish.farthest_travel_km <= 1000:
        yield Broken("travel", "The farthest travel must be between 1 and 1,000 km.", "Farthest travel (km)")


def others_are_known(wish: EnrolSchool, standing: Standing) -> Iterator[Broken]:
    """`not-with-unknown`, `not-with-itself`: schools to be kept apart from are schools, and others."""
    for urn in wish.not_with:
        if urn == wish.urn:
            yield Broken("not-with-itself", "The school asks not to be matched with itself.", "Not with (URNs)")
        elif urn not in standing.known:
            yield Broken(
                "not-with-unknown",
                f"No school in the register has URN {urn}, named under 'not with'.",
                "Not with (URNs)",
            )


RULES: tuple[Rule, ...] = (
    programme_takes_schools_in,
    enrolment_is_open,
    school_is_known,
    school_is_open,
    school_is_of_a_party,
    roles_are_filled,
    roles_belong_to_the_programme,
    teams_are_no_larger,
    pair_is_two_people,
    addresses_are_valid,
    each_has_an_address_of_their_own,
    nobody_is_renamed_elsewhere,
    strengths_and_needs_go_together,
    topics_are_counted,
    topics_are_listed,
    dates_lie_in_the_year,
    some_day_is_left,
    travel_is_sensible,
    others_are_known,
)

CORRECTIONS: tuple[Rule, ...] = (dates_lie_in_the_year, some_day_is_left, others_are_known)
"""The rules of what can be put right after enrolment has closed."""


def broken_rules(wish: EnrolSchool, standing: Standing, rules: tuple[Rule, ...] = RULES) -> list[Broken]:
    """Every one of these rules that the wish breaks, in their order."""
    return [broken for rule in rules for broken in rule(wish, standing)]
