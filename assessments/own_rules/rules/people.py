"""What people are told, what they can ask for, and who else gets to see their data."""

from django.utils.translation import gettext_lazy as _

from accounts.models import RecordKind
from assessments.own_rules.rules.types import OwnRule

_ERASURE = "accounts/people_data/erasure.py"
_EXPORTS = "reports/data_exports/person.py"

NOTICE = (
    OwnRule(
        "NOTICE-01",
        _("The privacy notice comes from the same tables that decide what is stored, kept and deleted."),
        ("reports/operator/notice.py", "tests/reports/operator/test_privacy_notice.py"),
        _("Fill in who you are and what you do with the data outside of Evenkeel; have it checked once."),
        (RecordKind.NOTICE,),
    ),
    OwnRule(
        "NOTICE-02",
        _("The notice is linked wherever somebody is asked for data: on every page, at sign-up, in invitations."),
        ("templates/components/_footer.html", "tests/reports/operator/test_pages.py"),
        _("Link it from your own website and contracts as well."),
        (RecordKind.NOTICE,),
    ),
    OwnRule(
        "NOTICE-05",
        _("The notice has a table of the companies that get data, with countries and contracts. No AI reads answers."),
        ("reports/operator/details.py", "deploy/operator.example.toml"),
        _("List your companies truly: hosting, mail and backup too."),
        (RecordKind.SUPPLIERS,),
    ),
    OwnRule(
        "NOTICE-07",
        _("What the notice says of stored data and terms cannot grow old: it is made from the software itself."),
        ("tests/accounts/test_data_page.py", "reports/operator/checks.py"),
        _("Compare the rest with what you do, once a year and before each new use; tell people before a new use."),
        (RecordKind.NOTICE,),
    ),
    OwnRule(
        "NOTICE-08",
        _("Whoever is invited learns in that mail who gave the address."),
        ("accounts/invitations/mail.py", "tests/accounts/test_invitations.py"),
        _("Ask the businesses on your site to tell people whom they name in notes."),
        (RecordKind.NOTICE,),
    ),
)
RIGHTS = (
    OwnRule(
        "RIGHTS-01",
        _("People download, correct and delete what is about them under Settings, without asking anybody."),
        ('docs/data.md, "How somebody gets all of it"', "tests/reports/test_data_exports.py"),
        _("Read the mailbox for such requests at least once a week, and try it out once a year."),
        (RecordKind.REQUESTS,),
    ),
    OwnRule(
        "RIGHTS-02",
        _("Downloading and deleting take effect at once."),
        (_EXPORTS, _ERASURE),
        _("Keep a log of requests that come by mail, each with its last day, and an answer ready to fill in."),
        (RecordKind.REQUESTS,),
    ),
    OwnRule(
        "RIGHTS-03",
        _("One file has everything about a person, for that person alone and behind their second step."),
        (_EXPORTS, "tests/reports/test_data_exports.py::test_a_person_gets_what_is_theirs_and_no_secret"),
        _("Search your mails, invoices and logs too when somebody asks."),
        (RecordKind.REQUESTS,),
    ),
    OwnRule(
        "RIGHTS-04",
        _("Deleting a person searches every text and file for them, at once. What stays, and why, is listed."),
        (_ERASURE, "tests/accounts/test_erasure.py::test_nothing_that_anybody_typed_about_the_person_is_left"),
        _("After a restore, delete again whoever was deleted since that backup."),
        (RecordKind.REQUESTS,),
    ),
    OwnRule(
        "RIGHTS-05",
        _("People correct their names, addresses, answers and notes themselves; reports are made anew."),
        ("reports/people_data/files.py", "tests/accounts/test_people.py"),
        _("Tell those to whom an old report was handed on."),
        (RecordKind.REQUESTS,),
    ),
    OwnRule(
        "RIGHTS-06",
        _("The notice says how to complain, to us and to the authority."),
        ("reports/operator/authorities.py", "templates/operator/_complain.html"),
        _("Answer complaints within two weeks, and keep a log of them."),
        (RecordKind.REQUESTS,),
    ),
    OwnRule(
        "RIGHTS-07",
        _("People get their data in a file that others can read, and an account can be paused."),
        (_EXPORTS, "accounts/admin/people.py"),
        _("Decide who answers when somebody objects or wants a pause, and write down how."),
        (RecordKind.REQUESTS,),
    ),
)
VENDOR = (
    OwnRule(
        "VENDOR-01",
        _("The notice’s table of companies is the list, and there is one."),
        ('docs/data.md, "How it flows"', 'docs/security-decisions.md, "Connections"'),
        _("Compare it with your bank statement twice a year."),
        (RecordKind.SUPPLIERS,),
    ),
    OwnRule(
        "VENDOR-03",
        _("The list says for each company whether there is a data contract."),
        ("templates/operator/_recipients.html", "deploy/operator.example.toml"),
        _("Sign and read them: hosting, mail, backup."),
        (RecordKind.SUPPLIERS,),
        by_hand=True,
    ),
    OwnRule(
        "VENDOR-08",
        _("Every address of the site is tried by a program as every kind of person, at each change of the software."),
        ("tests/access/test_matrix.py", "docs/asvs.md"),
        _("Have somebody from outside try your site."),
        (RecordKind.TESTER,),
        by_hand=True,
    ),
    OwnRule(
        "VENDOR-10",
        _("Clients’ data is used for the client alone, and the site has terms for handling it that can be signed."),
        ("reports/operator/terms.py", "tests/reports/operator/test_terms_version.py"),
        _("Agree the terms with each client, keep them, and tell clients before a company is added."),
        (RecordKind.SUPPLIERS,),
    ),
)
