"""How often is often enough: django-allauth counts, by network address, account or text (`key`)."""

RATE_LIMITS = {
    # Every form that takes an address, whatever comes of it: accounts/sign_in/constant_time.py.
    "constant_time": "30/m/ip",
    # Each challenge is kept in a session of its own, for anybody who asks.
    "passkey_challenge": "30/m/ip",
    # Reading a picture takes memory and processor time: accounts/branding/logos.py.
    "logo": "30/h/user",
    # Also by the day: nobody's mailbox is filled by a stranger who asks slowly.
    "reset_password": "20/m/ip,100/d/ip,3/h/key,10/d/key",
    "confirm_email": "1/180s/key,10/d/key",
    # Mails to an address that anybody may type; the key is the mailbox, without what follows a plus, and the kind of
    # mail. What is more is not sent, and the page says what it always says.
    "mail_to_mailbox": "10/d/key",
    # To somebody without an account, who has asked for nothing.
    "mail_to_stranger": "1/d/key",
    # One that failed, by one person, and all of one person: each keeps a worker busy for minutes at worst.
    "retry_report": "3/d/key,20/d/user",
    "cancel_report": "30/d/user",
    "signup": "20/m/ip,100/d/ip",
    # Quick checks that begin, of people without an account: as many as one office makes.
    "quick_check": "20/m/ip,200/d/ip",
    # Sharing one, and taking it back: both stand in the consultancy's trail for good.
    "share_check": "10/d/ip",
    # Checking a file takes up to a second of processor time.
    "verify_file": "10/m/ip,200/d/ip",
    "import_file": "30/h/user",
    # Opening a shared report, or trying keys: as many as one office opens.
    "shared_report": "60/m/ip",
    # Tables and calendars that are put together while somebody waits.
    "heavy_file": "30/m/user",
    # A change of address mails whichever address is typed.
    "manage_email": "10/m/user,20/d/user",
}
