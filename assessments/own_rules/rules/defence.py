"""How weak spots are found and mended, and what happens on the day something goes wrong."""

from django.utils.translation import gettext_lazy as _

from accounts.models import RecordKind
from assessments.own_rules.findings import LiveFact
from assessments.own_rules.rules.types import OwnRule

_PLAN = "docs/incidents.md"

DEFEND = (
    OwnRule(
        "DEFEND-01",
        _("Each release says what it corrects, and an update is one command."),
        ('docs/operations.md, "Updating"', 'SECURITY.md, "How fast we correct"'),
        _("Install updates of the machine and of Evenkeel once a month, critical ones within 14 days."),
        (RecordKind.UPDATES,),
        by_hand=True,
    ),
    OwnRule(
        "DEFEND-02",
        _("Only the web server can be reached, and only through the proxy in front of it."),
        (
            "docker-compose.yml",
            "tests/production/test_compose.py::test_only_the_web_server_is_reachable_and_only_from_this_machine",
        ),
        _("Close every other port of the machine, and look at it with the yearly check."),
        (RecordKind.SECURITY_CHECK,),
    ),
    OwnRule(
        "DEFEND-04",
        _("People see where and when somebody signed in as them. The log has every refused attempt, without names."),
        ("accounts/sign_in/events.py", 'docs/operations.md, "Logs"', 'docs/operations.md, "Health"'),
        _("Let a program ask /readyz and read the log, and tell a named person of warnings."),
        (LiveFact.FAILED_JOBS, RecordKind.SECURITY_CHECK),
    ),
    OwnRule(
        "DEFEND-05",
        _("The software is held against the OWASP verification standard, requirement by requirement."),
        ("docs/asvs.md", "tests/production/test_asvs.py"),
        _("Go through your own part of it once a year."),
        (RecordKind.SECURITY_CHECK,),
    ),
    OwnRule(
        "DEFEND-06",
        _("Attacks that were tried on the software have become tests of it."),
        ("tests/access/test_swapped_keys.py", "tests/accounts/test_logos.py", "tests/production/test_proxy.py"),
        _("Have a skilled tester try your site every two years."),
        (RecordKind.TESTER,),
        by_hand=True,
    ),
    OwnRule(
        "DEFEND-07",
        _("Weak spots are corrected within a set number of days, and one command looks for published ones."),
        ('SECURITY.md, "How fast we correct"', "launch/audit.py", "tests/launch/test_audit.py"),
        _("Run that command once a month and before each update."),
        (LiveFact.WEAKNESSES,),
    ),
    OwnRule(
        "DEFEND-09",
        _("A new site is set up by a list, starts with the strict settings, and refuses to start without them."),
        (".env.example", "tests/production/test_refusals.py"),
        _("Go through the list again once a year and after big updates."),
        (RecordKind.SECURITY_CHECK,),
    ),
    OwnRule(
        "DEFEND-10",
        _("All parts that the software is made of are listed with their versions."),
        (
            "requirements.lock",
            "tests/launch/test_locks.py::test_every_dependency_of_the_project_is_locked_in_one_version",
        ),
        _("List your machines and services beside it, and compare the list once a year."),
        (RecordKind.SECURITY_CHECK,),
    ),
    OwnRule(
        "DEFEND-12",
        _("Programs look for holes in each change, with every test; a page says how to report one."),
        (
            "SECURITY.md",
            "reports/operator/security_txt.py",
            'docs/security.md, "Programs that look for holes"',
            "launch/quality.py",
        ),
        _("Name an address to which people can report a hole, and read it."),
        (LiveFact.WEAKNESSES, RecordKind.NOTICE),
    ),
)
INCIDENT = (
    OwnRule(
        "INCIDENT-01",
        _("There is a written plan: who decides, what comes first, whom to call."),
        (_PLAN,),
        _("Fill in the names and numbers, print it, and have everybody read it."),
        (RecordKind.EXERCISE,),
    ),
    OwnRule(
        "INCIDENT-02",
        _("Who signed in, who changed whose access and who downloaded what is kept, and nobody can change it."),
        ('docs/security.md, "The trail"', "tests/accounts/test_audit.py::test_nobody_changes_the_trail"),
        _("Keep the logs of the servers for six months, on another machine, and go through them."),
        (RecordKind.SECURITY_CHECK,),
    ),
    OwnRule(
        "INCIDENT-04",
        _("An account, a consultancy, everybody or the service can be cut off, and the steps are written down."),
        (f'{_PLAN}, "The first hour"', "tests/access/test_ended_meanwhile.py"),
        _("Go through the steps once a year."),
        (RecordKind.EXERCISE,),
    ),
    OwnRule(
        "INCIDENT-06",
        _("The plan has the time limits, a draft and the columns of a breach log."),
        (f'{_PLAN}, "Whom to tell, and by when"', f'{_PLAN}, "The breach log"'),
        _("Keep the log, and look through it once a year."),
        (RecordKind.BREACH_LOG,),
    ),
    OwnRule(
        "INCIDENT-07",
        _("The plan has draft messages to clients and to people."),
        (f'{_PLAN}, "To people"', f'{_PLAN}, "To a client whose data you handle"'),
        _("Keep a list of whom to write to outside of the system."),
        (RecordKind.EXERCISE,),
    ),
    OwnRule(
        "INCIDENT-09",
        _("The plan leads to a safe restart: cause, backup, keys, and who says that it is safe."),
        (f'{_PLAN}, "Back to normal"',),
        _("Try the restart with the yearly restore."),
        (RecordKind.EXERCISE, RecordKind.RESTORE_TEST),
    ),
    OwnRule(
        "INCIDENT-10",
        _("The plan has two cases to play through."),
        (f'{_PLAN}, "Once a year"',),
        _("Play one through for an hour each year, and correct the plan."),
        (RecordKind.EXERCISE,),
        by_hand=True,
    ),
)
