"""The ports in memory; the real store passes the same contract suite (tests/integration/reporting/test_store.py)."""

from services.reporting.domain.impact import Answer
from services.reporting.domain.reports.kinds import Rendered
from services.reporting.ports.renderer import RenderError


class FakeFacts:
    def __init__(self):
        self.programmes, self.by_enrolment, self.by_group, self.by_target = {}, {}, {}, {}

    async def programme(self, programme_id):
        return self.programmes.get(programme_id)

    async def put_programme(self, programme):
        self.programmes[programme.programme_id] = programme

    async def enrolled(self, enrolment_id):
        return self.by_enrolment.get(enrolment_id)

    async def member(self, programme_id, school_id):
        return (await self.members(programme_id, [school_id])).get(school_id)

    async def members(self, programme_id, school_ids):
        found = [m for m in self.by_enrolment.values() if m.programme_id == programme_id and m.school_id in school_ids]
        return {m.school_id: m for m in sorted(found, key=lambda m: (not m.withdrawn, m.enrolment_id))}

    async def put_member(self, member):
        self.by_enrolment[member.enrolment_id] = member

    async def group(self, group_id):
        return self.by_group.get(group_id)

    async def groups(self, cohort_id):
        found = [group for group in self.by_group.values() if group.cohort_id == cohort_id]
        return sorted(found, key=lambda group: (group.number, group.group_id))

    async def put_group(self, group):
        self.by_group[group.group_id] = group

    async def meeting(self, target_id):
        return self.by_target.get(target_id)

    async def meetings(self, cohort_id):
        found = [meeting for meeting in self.by_target.values() if meeting.cohort_id == cohort_id]
        return sorted(found, key=lambda meeting: (meeting.on, meeting.target_id))

    async def put_meeting(self, meeting):
        self.by_target[meeting.target_id] = meeting

    async def forget(self, person_id):
        for key, m in self.by_target.items():
            left = {f: tuple(a for a in getattr(m, f) if a.person_id != person_id) for f in ("invited", "present")}
            facilitator = None if m.facilitator_id == person_id else m.facilitator_id
            self.by_target[key] = m.model_copy(update={**left, "facilitator_id": facilitator})
        for key, m in self.by_enrolment.items():
            people = {role: person for role, person in m.people.items() if person != person_id}
            self.by_enrolment[key] = m.model_copy(update={"people": people})


class FakeForms:
    def __init__(self):
        self.appraisals, self.take_homes, self.answers = {}, {}, {}
        self.by_findings, self.versions, self.by_action = {}, {}, {}

    async def appraisal(self, visit_id):
        return self.appraisals.get(visit_id)

    async def put_appraisal(self, appraisal):
        self.appraisals[appraisal.visit_id] = appraisal

    async def take_home(self, take_home_id):
        return self.take_homes.get(take_home_id)

    async def put_take_home(self, note):
        self.take_homes[note.take_home_id] = note

    async def survey_answer(self, target_id, person_id):
        found = [a for a in self.answers.values() if (a.target_id, a.person_id) == (target_id, person_id)]
        return found[0] if found else None

    async def put_survey_answer(self, answer):
        self.answers[answer.response_id] = answer

    async def findings(self, findings_id):
        return self.by_findings.get(findings_id)

    async def findings_version(self, findings_id, version):
        return self.versions.get((findings_id, version))

    async def put_findings(self, findings):
        self.by_findings[findings.findings_id] = findings
        self.versions.setdefault((findings.findings_id, findings.version), findings)

    async def action(self, action_id):
        return self.by_action.get(action_id)

    async def actions(self, findings_id):
        return {key: action for key, action in sorted(self.by_action.items()) if action.findings_id == findings_id}

    async def put_action(self, action):
        self.by_action[action.action_id] = action

    async def forget(self, person_id):
        self.take_homes = {key: note for key, note in self.take_homes.items() if note.person_id != person_id}
        for records in (self.answers, self.appraisals, self.by_findings, self.versions):
            for key, record in records.items():
                if record.person_id == person_id:
                    nobody = record.response_id if records is self.answers else ""
                    records[key] = record.model_copy(update={"person_id": nobody})


class FakeImpact:
    def __init__(self, forms):
        self.forms, self.told, self.releases = forms, [], {}

    async def waiting(self, cohort_id):
        found = [a for a in self.forms.answers.values() if a.cohort_id == cohort_id and a.block_id is None]
        return [Answer(answer.response_id, answer.target_id, answer.answers) for answer in found]

    async def blocks(self, cohort_id, release=None):
        kept = [block for of, number, block in self.told if of == cohort_id and (release is None or number <= release)]
        return [block.model_copy(update={"response_ids": ()}) for block in kept]

    async def release(self, cohort_id):
        return self.releases.get(cohort_id, 0)

    async def put_release(self, cohort_id, release, blocks):
        self.releases[cohort_id] = release
        for block in blocks:
            self.told.append((cohort_id, release, block))
            for response in block.response_ids:
                answer = self.forms.answers[response]
                self.forms.answers[response] = answer.model_copy(update={"block_id": f"blk-{len(self.told)}"})


class FakeReports:
    def __init__(self):
        self.records, self.editions = {}, {}

    async def get(self, report_id):
        return self.records.get(report_id)

    async def put(self, report):
        self.records[report.report_id] = report

    async def edition(self, report_id, number):
        return self.editions.get((report_id, number))

    async def put_edition(self, edition):
        self.editions[edition.report_id, edition.edition] = edition

    async def search(self, *, cohort_id, school_id, kind, named, limit, offset):
        wanted = {"cohort_id": cohort_id, "school_id": school_id, "kind": kind}
        found = [r for r in self.records.values() if all(getattr(r, f) == v for f, v in wanted.items() if v)]
        found = [r for r in found if r.report_id.startswith(named)]
        found = sorted(sorted(found, key=lambda r: r.report_id), key=lambda r: r.changed_at, reverse=True)
        return len(found), found[offset : offset + limit]


class FakeFiles:
    def __init__(self):
        self.kept = {}

    async def put(self, key, content):
        self.kept[key] = content

    async def get(self, key):
        return self.kept[key]


class FakeRenderer:
    """Renders a line of text; fails with a sentence when told to."""

    def __init__(self):
        self.fails, self.seen = "", []

    async def render(self, report):
        self.seen.append(report)
        if self.fails:
            raise RenderError(self.fails)
        line = f"{report.kind} {report.head.edition} {report.lead}".encode()
        files = {"pdf": b"%PDF " + line, "html": b"<p>" + line}
        return Rendered(files | ({"xlsx": line} if report.kind == "action-plan" else {}), 3)
