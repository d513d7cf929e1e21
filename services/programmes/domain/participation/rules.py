"""Which rules of taking part a school keeps to: it has at least, or at most, so many entries of a form."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.programmes.domain.participation.records import Excepted, Participation
from services.programmes.domain.records import Person, RoleOf
from shared.template import Template
from shared.template.kinds import PEOPLE_RULES
from shared.template.words import Rule

LEAST_PEOPLE = "least-people"

__all__ = ["RuleStands", "counted_forms", "counts_people", "rule_named", "rules_of"]


@dataclass(frozen=True, slots=True)
class RuleStands:
    """A rule, whether the school keeps to it, and why it need not."""

    rule: Rule
    kept: bool
    excepted: Excepted | None
    sentence: str

    @property
    def settled(self) -> bool:
        """Whether nothing stands against the school by this rule."""
        return self.kept or self.excepted is not None


def counted_forms(template: Template) -> frozenset[str]:
    """The forms whose entries rules of taking part count."""
    return frozenset(rule.of for rule in template.participation.rules if rule.of and rule.rule not in PEOPLE_RULES)


def rules_of(
    template: Template,
    record: Participation,
    counts: Mapping[str, int],
    people: Iterable[Person] = (),
    sharing: Iterable[str] = (),
) -> tuple[RuleStands, ...]:
    """Each rule of the template for one school. `counts`: form -> how many entries of the school stand.

    `people`: everybody with a role at the school. `sharing`: the schools that share its place; they are one team.
    """
    there, schools = tuple(people), frozenset({record.school_id, *sharing})
    return tuple(
        _of_people(rule, template, record, there, schools)
        if rule.rule in PEOPLE_RULES
        else _stands(rule, template, record, counts)
        for rule in template.participation.rules
    )


def counts_people(template: Template) -> bool:
    """Whether a rule of taking part counts a school's people."""
    return any(rule.rule in PEOPLE_RULES for rule in template.participation.rules)


def rule_named(template: Template, name: str, of: str) -> Sequence[Rule]:
    """The rules of that name, of that form where one is named."""
    return [one for one in template.participation.rules if one.rule == name and of in {"", one.of}]


def _of_people(
    rule: Rule, template: Template, record: Participation, people: Sequence[Person], schools: frozenset[str]
) -> RuleStands:
    """A rule about how many people schools have in a role or set of roles; who is in several counts once."""
    titles = {role.key: role.title or role.key.replace("-", " ") for role in template.roles}
    roles, number = template.roles_of(rule.of), int(rule.number or 0)
    held = [RoleOf(role=role, school_id=one, programme_id=record.programme_id) for role in roles for one in schools]
    found = sum(any(map(one.holds, held)) for one in people)
    least = rule.rule == LEAST_PEOPLE
    sentence = f"People in the {titles.get(rule.of, rule.of)}: {found}, and {'' if least else 'at most '}{number}"
    if len(schools) > 1:
        sentence = sentence.replace(": ", " of both schools that share the place: ", 1)
    sentence += " is usual." if least else " taken unless you arrange more."
    if least and found < number and rule.suggest:
        sentence += f" The programme suggests {titles.get(rule.suggest, rule.suggest)} for the rest."
    kept = found >= number if least else found <= number
    return RuleStands(rule, kept, record.excepted(rule.rule, rule.of), sentence)


def _stands(rule: Rule, template: Template, record: Participation, counts: Mapping[str, int]) -> RuleStands:
    number, found = int(rule.number or 0), counts.get(rule.of, 0)
    kept = found >= number if rule.rule == "least" else found <= number
    form = template.form(rule.of)
    what = form.title if form else rule.of
    bound = "at least" if rule.rule == "least" else "at most"
    sentence = f"{what}: {found}, and {bound} {number} asked for."
    return RuleStands(rule, kept, record.excepted(rule.rule, rule.of), sentence)
