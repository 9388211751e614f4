"""Who gets in, and how data is stored and backed up."""

from django.utils.translation import gettext_lazy as _

from accounts.models import RecordKind
from assessments.own_rules.findings import LiveFact
from assessments.own_rules.rules.types import OwnRule

_BACKUP = 'docs/operations.md, "Backup and restore"'

ACCESS = (
    OwnRule(
        "ACCESS-01",
        _("Each person has an account of their own, and invitations make it easy to get one."),
        ("accounts/models/user.py", "docs/people.md"),
        _("Look through the accounts twice a year, and suspend those that nobody uses."),
        (RecordKind.ACCESS_REVIEW,),
    ),
    OwnRule(
        "ACCESS-02",
        _("Everybody can have a second step. A site can require it of those who see the data of others."),
        ('docs/security.md, "The second step"', "tests/accounts/test_mfa_required.py"),
        _("Require it (MFA_REQUIRED), and help those who do not have one yet."),
        (LiveFact.SECOND_STEPS,),
        by_hand=True,
    ),
    OwnRule(
        "ACCESS-03",
        _("Roles decide what somebody sees, and every page is tried as every kind of person."),
        ("accounts/permissions.py", "tests/access/test_matrix.py"),
        _("Review the rights of the site twice a year, and remove those that nobody needs."),
        (RecordKind.ACCESS_REVIEW,),
    ),
    OwnRule(
        "ACCESS-04",
        _("Access that is taken away ends with the next click, on every device."),
        ("tests/access/test_ended_meanwhile.py", "accounts/services/people.py"),
        _("When an administrator leaves, remove their rights by their last day, and change every password they knew."),
        (RecordKind.ACCESS_REVIEW,),
    ),
    OwnRule(
        "ACCESS-05",
        _("Passwords that are short or easy to guess are refused, and a passkey can stand in for one."),
        ("accounts/passwords/guessable.py", "tests/accounts/test_passwords.py"),
        _("Keep the passwords of the servers in a password manager."),
        (RecordKind.KEYS,),
    ),
    OwnRule(
        "ACCESS-07",
        _("The software itself works without full rights in the database, and administrators see no client’s pages."),
        ("accounts/database/roles.py", "tests/production/test_database_roles.py"),
        _("Use the account with rights of the site for that alone; look twice a year who has one."),
        (LiveFact.DATABASE_ROLE, RecordKind.ACCESS_REVIEW),
    ),
)
STORE = (
    OwnRule(
        "STORE-01",
        _("Pages travel encrypted, and the software encrypts its other connections where the servers do."),
        ("deploy/nginx.conf", 'docs/security-decisions.md, "Connections"'),
        _("Encrypt each connection between your servers."),
        (LiveFact.CONNECTIONS,),
        by_hand=True,
    ),
    OwnRule(
        "STORE-03",
        _("Passwords are stored as hashes that nobody can read back, and keys of second steps encrypted."),
        ("config/settings.py", 'docs/security.md, "Secrets at rest"'),
        _("Encrypt the disks with the database, the files and the backups; look at it with the yearly check."),
        (RecordKind.SECURITY_CHECK,),
    ),
    OwnRule(
        "STORE-05",
        _("A backup of every row and file is made every day by itself, can be encrypted, and is written down."),
        (_BACKUP,),
        _("Copy it to another place every day, and keep the key to it twice. With ./run, type ./run backup."),
        (RecordKind.BACKUP,),
        by_hand=True,
    ),
    OwnRule(
        "STORE-06",
        _("One command restores a backup into a place of its own, compares all of it, and throws it away."),
        (_BACKUP,),
        _("Type it once a month. Once a year restore one into an empty site and sign in."),
        (RecordKind.RESTORE_TEST,),
        by_hand=True,
    ),
    OwnRule(
        "STORE-07",
        _("No key is in the code or has a default; a weak one is refused, and each can be changed."),
        (
            "config/env.py",
            'docs/operations.md, "Changing a key"',
            "tests/production/test_compose.py::test_nothing_that_must_be_given_has_a_default",
        ),
        _("Change keys and passwords once a year, and when somebody who knew them leaves."),
        (RecordKind.KEYS,),
    ),
)
