"""What a template says about enrolment: the one view that the rules, the form and its reader work from.

Templates come in two languages, that of 0.1.0 and that of `shared/template`; nothing behind this view cares which.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from shared.events.people import ROLE_TITLES
from shared.events.template import MonthDay, ProgrammeTemplate, Topic, Window
from shared.template import Template
from shared.template.days import day_of
from shared.template.resolving import roles_named

__all__ = ["MOST_PEOPLE", "AnyTemplate", "EnrolmentTerms", "Team", "role_title", "terms_of"]

AnyTemplate = ProgrammeTemplate | Template
_NOT_ASKED = (0, 0)
_A_YEAR = 2027
MOST_PEOPLE = "most-people"
"""The rule of taking part by which a school has no more people in a role or set of roles."""


@dataclass(frozen=True, slots=True)
class Team:
    """At most so many people of a school in these roles, unless the coordinator allows more."""

    key: str
    title: str
    roles: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentTerms:
    """Who enrols with what. `strengths` and `needs` are (0, 0), and `travel_km` is None, where they are not asked.

    `most`: role -> how many people may hold it (None: any number); one, where nothing is said.
    `pair` are the roles whose people attend every visit; `visits` the windows in which visits take place; `later` the
    roles that are named after enrolment; `party` the kind of what takes part; `teams` how many may be in several roles
    together.
    """

    title: str
    people: tuple[str, ...]
    optional_people: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    strengths: tuple[int, int] = _NOT_ASKED
    needs: tuple[int, int] = _NOT_ASKED
    travel_km: float | None = None
    visits: tuple[Window, ...] = ()
    smallest_group: int = 0
    titles: Mapping[str, str] = field(default_factory=dict)
    most: Mapping[str, int | None] = field(default_factory=dict)
    later: tuple[str, ...] = ()
    party: str = "school"
    teams: tuple["Team", ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role that a school may name when it enrols."""
        return (*self.people, *self.optional_people)

    def title_of(self, role: str) -> str:
        """What the template calls the role."""
        return self.titles.get(role) or role_title(role)

    def column(self, role: str, what: str) -> str:
        """The heading of a role's column in the enrolment file, as 'Clerk to governors email'."""
        title = self.title_of(role)
        return f"{title[0].upper()}{title[1:]} {what}"


def role_title(role: str) -> str:
    """What a role is called where no template is at hand."""
    return next((title for key, title in ROLE_TITLES.items() if key == role), role.replace("-", " "))


def terms_of(template: AnyTemplate) -> EnrolmentTerms:
    """The terms of enrolment that a template of either language states."""
    return _of_language(template) if isinstance(template, Template) else _of_release(template)


def _of_release(template: ProgrammeTemplate) -> EnrolmentTerms:
    rules = template.enrolment
    return EnrolmentTerms(
        title=template.title,
        people=rules.people,
        optional_people=rules.optional_people,
        pair=rules.pair,
        topics=rules.topics,
        strengths=rules.strengths,
        needs=rules.needs,
        travel_km=rules.travel_km,
        visits=tuple(activity.window for activity in template.activities if activity.kind == "visit"),
        smallest_group=min(template.matching.sizes),
        later=tuple(ROLE_TITLES),
    )


def _of_language(template: Template) -> EnrolmentTerms:
    named = [role for role in template.roles if role.at == "school" and not role.later and not role.of]
    visits = [activity for activity in template.activities if activity.kind == "visit"]
    attending = roles_named([who for visit in visits for who in visit.who], template)
    windows = (_window(visit.opens, visit.closes, template) for visit in visits)
    sizes = [size for one in template.matching for size in one.sizes]
    asked = template.enrolment
    return EnrolmentTerms(
        title=template.title,
        people=tuple(role.key for role in named if role.least),
        optional_people=tuple(role.key for role in named if not role.least),
        pair=tuple(role.key for role in named if role.key in attending),
        topics=tuple(Topic(key=entry.key, title=entry.title) for entry in template.entries("topics")),
        strengths=asked.strengths or _NOT_ASKED,
        needs=asked.needs or _NOT_ASKED,
        travel_km=asked.travel_km,
        visits=tuple(window for window in windows if window),
        smallest_group=min(sizes, default=0),
        titles={role.key: role.title for role in template.roles if role.title},
        most={role.key: role.most for role in template.roles},
        later=tuple(role.key for role in template.roles if role.at == "school" and not role.of),
        party=template.party.kind,
        teams=tuple(_teams(template)),
    )


def _teams(template: Template) -> Iterator[Team]:
    titles = {role.key: role.title or role.key.replace("-", " ") for role in template.roles}
    for rule in template.participation.rules:
        if rule.rule == MOST_PEOPLE:
            roles = template.roles_of(rule.of)
            yield Team(rule.of, titles.get(rule.of, rule.of), roles, int(rule.number or 0))


def _window(opens: str, closes: str, template: Template) -> Window | None:
    """The window, where both its ends are days of the calendar."""
    first, last = day_of(opens, template, _A_YEAR), day_of(closes, template, _A_YEAR)
    if first is None or last is None:
        return None
    return Window(first=MonthDay(month=first.month, day=first.day), last=MonthDay(month=last.month, day=last.day))
