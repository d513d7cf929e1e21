"""Every rule of an assignment, checked anew; shares nothing with the engines."""

from collections import Counter
from collections.abc import Iterable

from services.matching.assigning.projects import Match, Nominations


def refusals(nominations: Nominations, matches: Iterable[Match]) -> list[str]:
    """Every rule that a set of matches breaks, in words."""
    found = list(matches)
    said = []
    for name, ids in (
        ("practitioner", [match.practitioner.id for match in found]),
        ("project", [match.project.id for match in found]),
    ):
        said += [f"{name} {one} is matched {n} times" for one, n in Counter(ids).items() if n > 1]
    for match in found:
        if match.practitioner.school == match.project.school:
            said.append(f"{match.practitioner.id} stays at the own school")
        if match.rank < 1 or nominations.wishes(match.practitioner)[match.rank - 1 : match.rank] != (match.project,):
            said.append(f"{match.practitioner.id} did not wish for {match.project.id} in place {match.rank}")
    for school, n in Counter(match.practitioner.school for match in found).items():
        if n > nominations.may_send(school):
            said.append(f"{school} sends {n}")
    for school, n in Counter(match.project.school for match in found).items():
        if n > nominations.may_receive(school):
            said.append(f"{school} receives {n}")
    return said
