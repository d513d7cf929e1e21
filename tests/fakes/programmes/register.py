"""The school register in memory."""

import re
from collections import Counter

from services.programmes.domain.register.entry import FieldChange, RegisterEntry
from services.programmes.domain.register.inspections import ReportCard
from services.programmes.domain.register.links import Link
from services.programmes.domain.register.places import Places
from services.programmes.domain.register.words import Status


class MemoryRegister:
    def __init__(self) -> None:
        self.schools: dict[int, RegisterEntry] = {}
        self.history: list[FieldChange] = []
        self.kept_links: dict[tuple[int, int, str], Link] = {}
        self.cards: dict[tuple[int, object], ReportCard] = {}

    async def entries(self, urns):
        return {urn: self.schools[urn] for urn in list(urns) if urn in self.schools}

    async def standing(self, urns):
        found = sorted((await self.entries(urns)).values(), key=lambda entry: entry.school.urn)
        regions = Counter(one.school.region or "" for one in found if one.school.status.enrollable)
        return [one for one in found if one.school.status is not Status.OPEN], dict(regions)

    async def links(self, urns=None):
        wanted = None if urns is None else set(urns)
        found = [
            link
            for link in self.kept_links.values()
            if wanted is None or link.predecessor in wanted or link.successor in wanted
        ]
        return sorted(found, key=lambda link: (link.since is not None, str(link.since), _key(link)))

    async def search(self, text, authority, statuses, limit, offset):
        found = [
            entry
            for entry in self.schools.values()
            if _named(entry, text)
            and authority.strip().casefold() in {"", entry.school.authority_code, entry.school.authority.casefold()}
            and (not statuses or entry.school.status in statuses)
        ]
        ordered = sorted(found, key=lambda entry: (entry.school.name.casefold(), entry.school.urn))
        return len(found), ordered[offset : offset + limit]

    async def among(self, urns, text):
        wanted = " ".join(text.split()).casefold()
        close = wanted.replace(" ", "")

        def fits(school):
            if wanted.isdigit():
                return str(school.urn) == wanted
            postcode = (school.postcode or "").casefold().replace(" ", "")
            return (
                wanted in school.name.casefold()
                or wanted in (school.town or "").casefold()
                or postcode.startswith(close)
            )

        known = (self.schools[urn].school for urn in sorted(urns) if urn in self.schools)
        return [school.urn for school in known if fits(school)]

    async def of_trust(self, code):
        found = [entry for entry in self.schools.values() if entry.school.trust_code == code]
        return sorted(found, key=lambda entry: entry.school.urn)

    async def trusts(self, text):
        wanted = " ".join(text.split()).casefold()
        schools = [entry.school for entry in self.schools.values() if entry.school.trust_code]
        found = {
            one.trust_code: one.trust or ""
            for one in schools
            if one.trust_code == text.strip() or wanted in (one.trust or "").casefold()
        }
        return dict(sorted(found.items())[:50])

    async def places(self):
        schools = [entry.school for entry in self.schools.values()]
        return Places(
            {school.authority_code: school.authority for school in schools},
            {school.authority_code: school.region for school in schools if school.region},
            frozenset(school.region for school in schools if school.region),
        )

    async def put_entries(self, new, changed):
        assert not {entry.school.urn for entry in new} & set(self.schools)
        known = [entry for entry in changed if entry.school.urn in self.schools]
        self.schools |= {entry.school.urn: entry for entry in (*new, *known)}

    async def put_history(self, changes):
        self.history += changes

    async def put_links(self, links):
        self.kept_links |= {(link.predecessor, link.successor, link.kind): link for link in links}

    async def school_ids(self, urns):
        return {urn: self.schools[urn].school_id for urn in list(urns) if urn in self.schools}

    async def entries_of(self, school_ids):
        wanted = set(school_ids)
        found: dict[str, list[RegisterEntry]] = {}
        for entry in sorted(self.schools.values(), key=lambda entry: entry.school.urn):
            if entry.school_id in wanted:
                found.setdefault(entry.school_id, []).append(entry)
        return found

    async def identify(self, school_ids):
        for urn, school_id in school_ids.items():
            if urn in self.schools:
                known = self.schools[urn]
                self.schools[urn] = RegisterEntry(school_id, known.school, known.published)

    async def report_cards(self, urns):
        wanted = set(urns)
        return {key: card for key, card in self.cards.items() if card.urn in wanted}

    async def put_report_cards(self, cards):
        self.cards |= {(card.urn, card.inspected): card for card in cards}


def _key(link):
    return f"{link.predecessor}>{link.successor}:{link.kind}"


def _named(entry, text):
    words = text.strip()
    if words.isdigit():
        return entry.school.urn == int(words[:12])
    wanted = " ".join(words.casefold().split())[:100]
    return re.search(re.escape(wanted), entry.school.name.casefold()) is not None
