from django.contrib import admin
from django.urls import path

from articles.media import media

urlpatterns = [
    path("admin/", admin.site.urls),
    path("media/<path:name>", media, name="media"),
]

handler500 = "newsroom.health.server_error"
