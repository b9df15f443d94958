"""The application: the hot routes, and Django beside them in a pool of threads."""

import os
import sys
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yueke.config.settings")
# A thread that decides a batch must not keep the event loop waiting for its turn.
sys.setswitchinterval(0.001)

from a2wsgi import WSGIMiddleware  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

wsgi = get_wsgi_application()

from django.urls import get_resolver  # noqa: E402

from yueke.api.hot.routes import HotRoutes  # noqa: E402
from yueke.config.routing import application_of  # noqa: E402
from yueke.kernel import memory  # noqa: E402

WSGI_THREADS = 16

# Every page's code is loaded now, and not while the first visitor waits.
assert get_resolver().url_patterns
application = application_of(
    hot=HotRoutes(), django=WSGIMiddleware(cast(Any, wsgi), workers=WSGI_THREADS)
)
memory.settle()
