"""All addresses of the site."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from articles.media.serving import media
from articles.views import permalink

from . import views

urlpatterns = [
    path("", views.root, name="root"),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("media/<path:name>", media, name="media"),
    path("r/<slug:reference>/", permalink, name="permalink"),
    path("robots.txt", views.robots, name="robots"),
    *i18n_patterns(
        path("", include("articles.urls")),
        path("", include("contacts.urls")),
        path("about/<slug:code>/", views.page, name="page"),
    ),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = "newsroom.serving.health.server_error"
