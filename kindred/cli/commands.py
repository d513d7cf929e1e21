"""What commands there are: where each stands and its line in the list, so that the list loads none of them."""

ROOMS = {
    "programmes": {
        "schools": "The school register.",
        "inspections": "Inspection outcomes.",
        "programmes": "Programmes and their templates.",
        "enrolments": "Schools in a programme.",
        "participation": "Which schools take part: asked, answered, decided.",
        "facilitators": "Facilitators of a programme.",
        "people": "The people of a programme.",
        "parties": "Trusts and partnerships, and who their people are.",
        "relations": "Who stands in which relation to whom.",
        "categories": "In which category a school stands, who decided and why.",
        "templates": "Programme templates that you write: check them, see their year.",
        "enquiries": "What people outside asked about a programme.",
        "coordinators": "Who may sign in to the console.",
        "tokens": "Tokens with which programs use the API.",
    },
    "matching": {
        "cohorts": "Cohorts and their groups.",
        "rounds": "Rounds in which people are placed to things in other schools.",
        "pairs": "Rounds in which people are brought together in pairs or rings.",
    },
    "scheduling": {
        "calendars": "Term dates, exam windows, bank holidays and closed days.",
        "visits": "Visits and cohort events.",
        "dates": "Days that two people agree, and days that suit most.",
        "calls": "Calls booked from open hours.",
        "duties": "Recurring duties.",
        "sessions": "Courses of dated days: their dates, who comes, who came.",
    },
    "notifications": {
        "mails": "Mails and what became of them.",
        "replies": "Mails that came in and need somebody; answers given by telephone.",
    },
    "reporting": {
        "forms": "Forms of programmes.",
        "entries": "Entries: what people filled in.",
        "counts": "Forms whose answers are only counted.",
        "polls": "Polls: what was named, and what was chosen.",
        "actions": "Actions of all plans: whose they are, by when, how they stand.",
        "audit": "Who read what was released, and who signed in.",
        "reports": "Reports and impact.",
        "brochures": "Brochures that everybody may read.",
    },
    "tasks": {
        "tasks": "Who owes what by when.",
    },
    "operations": {
        "events": "The event log.",
        "bus": "Streams and consumers.",
        "dlq": "Dead letters.",
        "clock": "The adjustable clock (KINDRED_CLOCK=adjustable).",
        "services": "All services as processes on this machine.",
    },
}
"""Groups of commands with their lines, by the package they stand in."""
GROUPS = {name: line for groups in ROOMS.values() for name, line in groups.items()}
MODULES = {name: f"{room}.{name}" for room, groups in ROOMS.items() for name in groups}
FORMER = {"commitments": "duties"}
"""Groups under the names that they had in earlier versions; they still work."""
ALONE = {
    "login": (
        "operations.login",
        "Sign in on this machine: type the code of the mail that you get, and one of your authenticator.",
    ),
    "logout": ("operations.login", "Sign out on this machine: what is kept here opens nothing any more."),
    "whoami": ("operations.login", "Say who is signed in here, and until when."),
    "needs": (
        "programmes.needs",
        "What needs the coordinator, over all programmes, in order of need.",
    ),
    "backup": (
        "operations.backup",
        "Write all databases, as of one moment, into a folder; services may go on meanwhile.",
    ),
    "restore": (
        "operations.backup",
        "Bring a backup back while no service runs; what was sent since is not sent again by itself.",
    ),
    "doctor": (
        "operations.doctor",
        "Check servers, streams, relay, sender, pages and backups. Ends with 1 when something must be put right.",
    ),
    "demo": (
        "operations.demo",
        "Start everything, play a school year with real schools and made-up people, then serve until Ctrl-C.",
    ),
}
"""Commands without a group: the module each stands in, and its line."""
