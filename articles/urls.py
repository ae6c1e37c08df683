"""The addresses of the public pages of articles; each language has its prefix."""

from django.urls import path

from . import views

app_name = "articles"

urlpatterns = [
    path("", views.home, name="home"),
    path("news/", views.article_list, name="list"),
    path("news/<str:slug>/", views.article, name="article"),
    path("regions/<slug:code>/", views.region, name="region"),
    path("countries/<slug:code>/", views.country, name="country"),
    path("topics/<slug:code>/", views.topic, name="topic"),
]
