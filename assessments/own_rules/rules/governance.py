"""Who is in charge, which data there is, why and for how long."""

from django.utils.translation import gettext_lazy as _

from accounts.models import RecordKind
from assessments.own_rules.findings import LiveFact
from assessments.own_rules.rules.types import OwnRule

_DATA_PAGE = "docs/data.md"
_DATA_TEST = "tests/accounts/test_data_page.py"

GOVERNANCE = (
    OwnRule(
        "GOV-02",
        _("The site can name who runs it and how to reach them, and the incident plan has a table for who decides."),
        ("templates/operator/operator.html", 'docs/incidents.md, "Who"'),
        _("Name the person in charge, a stand-in and their duties, on the site and in the table."),
        (RecordKind.NOTICE,),
    ),
    OwnRule(
        "GOV-05",
        _("It is written down who may see, change and delete what, and tests hold the software to it."),
        ("docs/security.md", _DATA_PAGE, "tests/access/test_matrix.py"),
        _("Have everybody with rights of the site read docs/data.md and docs/security.md once a year."),
        (RecordKind.EXERCISE,),
    ),
)
DATA = (
    OwnRule(
        "DATA-01",
        _("All that can hold something about a person is listed with its purpose; nothing is added unlisted."),
        (
            'docs/data.md, "What is stored"',
            f"{_DATA_TEST}::test_every_column_is_described_or_says_nothing_about_people",
        ),
        _("Take the list into your own record, with what you handle outside of Evenkeel and who gets it."),
        (RecordKind.NOTICE,),
    ),
    OwnRule(
        "DATA-02",
        _("An account needs an e-mail address and nothing more. Nobody’s use of the pages is analysed."),
        (
            "accounts/models/user.py",
            "tests/test_consistency.py::test_no_template_loads_anything_from_elsewhere",
        ),
    ),
    OwnRule(
        "DATA-05",
        _("For each kind of data about people it is decided how long it is kept, and why."),
        ("accounts/people_data/terms.py", f"{_DATA_TEST}::test_the_terms_are_those_of_the_code"),
        _("Look at the terms once a year, and change in the environment what does not fit your site."),
        (RecordKind.NOTICE,),
    ),
    OwnRule(
        "DATA-06",
        _("What is over is deleted every hour, by itself."),
        (
            "accounts/services/retention.py",
            "tests/accounts/test_retention.py::test_ten_years_later_only_what_the_table_says_is_left",
        ),
        _("Keep the scheduler running. Delete old backups and logs when their own time is up."),
        (LiveFact.DELETION, LiveFact.UNCONFIRMED),
    ),
    OwnRule(
        "DATA-10",
        _("Kinds of data, what could be done to them and what stands against it are written down."),
        ('docs/security-decisions.md, "Kinds of data"', "docs/security.md"),
        _("Write down what could go wrong for people on your site; renew it when things change."),
        (RecordKind.RISKS,),
        by_hand=True,
    ),
)
CONSENT = (
    OwnRule(
        "CONSENT-01",
        _("For each kind of data about people a legal reason is proposed."),
        ('docs/data.md, "What is stored"',),
        _("Choose the reasons, and write down why yours weigh more where you rely on legitimate interests."),
        (RecordKind.NOTICE,),
    ),
    OwnRule(
        "CONSENT-11",
        _("The pages load nothing from anyone else and set only the cookies that signing in needs: no yes is needed."),
        (
            "config/settings.py",
            "tests/test_consistency.py::test_no_template_loads_anything_from_elsewhere",
        ),
    ),
)
