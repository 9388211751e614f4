#!/usr/bin/env python
"""Django's command line for Evenkeel."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018 (the first look loads the settings)
    except ImproperlyConfigured as refusal:
        sys.exit(f"Evenkeel does not start: {refusal}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
