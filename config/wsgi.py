"""The WSGI application for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from config.middleware.bodies import with_whole_requests, without_unsent_bodies
from config.middleware.overdue import OverdueRequests
from config.middleware.part_headers import limit_part_headers
from config.middleware.unreadable import without_odd_types
from config.middleware.uploads import MAX_UPLOAD_BYTES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
limit_part_headers()
application = without_unsent_bodies(without_odd_types(OverdueRequests(get_wsgi_application())))
application = with_whole_requests(application, MAX_UPLOAD_BYTES)
