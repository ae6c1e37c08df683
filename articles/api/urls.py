"""The URLs of the API. They have no language prefix."""

from django.urls import path, re_path

from . import docs, views
from .directory import views as directory

app_name = "api"

urlpatterns = [
    path("", docs.page, name="docs"),
    path("schema/", docs.Schema.as_view(), name="schema"),
    path("articles/", views.Articles.as_view(), name="articles"),
    path("articles/<int:pk>/", views.ArticleDetail.as_view(), name="article"),
    path("corrections/", views.Corrections.as_view(), name="corrections"),
    path("topics/", directory.Topics.as_view(), name="topics"),
    path("topics/<slug:code>/", directory.TopicDetail.as_view(), name="topic"),
    path("regions/", directory.Regions.as_view(), name="regions"),
    path("regions/<slug:code>/", directory.RegionDetail.as_view(), name="region"),
    path("countries/", directory.Countries.as_view(), name="countries"),
    path("countries/<slug:code>/", directory.CountryDetail.as_view(), name="country"),
    path("offices/", directory.Offices.as_view(), name="offices"),
    path("offices/<slug:code>/", directory.OfficeDetail.as_view(), name="office"),
    path("contacts/", directory.Contacts.as_view(), name="contacts"),
    path("contacts/<slug:code>/", directory.ContactDetail.as_view(), name="contact"),
    re_path("", docs.Nowhere.as_view(), name="nowhere"),
]
