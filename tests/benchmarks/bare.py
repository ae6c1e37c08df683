"""The least that Django can do: views that return so many bytes, without any middleware. The yardstick of serving.py."""

import json
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, MIDDLEWARE=[], SECRET_KEY="bare")


def view_of(size):
    body = b"x" * size
    return lambda request: HttpResponse(body)


urlpatterns = [path(f"{name}/", view_of(size)) for name, size in json.loads(os.environ["SIZES"]).items()]
urlpatterns.append(path("readyz", view_of(2)))
application = get_wsgi_application()
