"""A small template with every way to name people."""

from shared.template import Template


def template(**more):
    given = {
        "key": "sample",
        "version": 1,
        "title": "A sample",
        "summary": "For tests.",
        "roles": [
            {"key": "headteacher"},
            {"key": "cpd-lead"},
            {"key": "practitioner"},
            {"key": "mentee"},
            {"key": "line-manager"},
            {"key": "consultant", "at": "programme"},
            {"key": "pair", "of": ["headteacher", "cpd-lead"]},
        ],
        "relations": [
            {"key": "line-manages", "from_role": "line-manager", "to_role": "practitioner"},
            {"key": "leads", "from_role": "line-manager", "to_role": "mentee"},
        ],
        "clock": {},
        "forms": [{"key": "nomination", "title": "Nomination", "by": ["cpd-lead"]}],
    }
    return Template.model_validate({**given, **more})
