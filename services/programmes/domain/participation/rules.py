"""Which rules of taking part a school keeps to: it has at least, or at most, so many entries of a form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.programmes.domain.participation.records import Excepted, Participation
from shared.template import Template
from shared.template.words import Rule

__all__ = ["RuleStands", "counted_forms", "rule_named", "rules_of"]


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
    return frozenset(rule.of for rule in template.participation.rules if rule.of)


def rules_of(template: Template, record: Participation, counts: Mapping[str, int]) -> tuple[RuleStands, ...]:
    """Each rule of the template for one school. `counts`: form -> how many entries of the school stand."""
    return tuple(_stands(rule, template, record, counts) for rule in template.participation.rules)


def rule_named(template: Template, name: str, of: str) -> Sequence[Rule]:
    """The rules of that name, of that form where one is named."""
    return [one for one in template.participation.rules if one.rule == name and of in {"", one.of}]


def _stands(rule: Rule, template: Template, record: Participation, counts: Mapping[str, int]) -> RuleStands:
    number, found = int(rule.number or 0), counts.get(rule.of, 0)
    kept = found >= number if rule.rule == "least" else found <= number
    form = template.form(rule.of)
    what = form.title if form else rule.of
    bound = "at least" if rule.rule == "least" else "at most"
    sentence = f"{what}: {found}, and {bound} {number} asked for."
    return RuleStands(rule, kept, record.excepted(rule.rule, rule.of), sentence)
