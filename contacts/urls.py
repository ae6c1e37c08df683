"""The URLs of the public pages of offices and contacts; each language has its prefix."""

from django.urls import path

from . import views

app_name = "contacts"

urlpatterns = [
    path("offices/", views.offices, name="offices"),
    path("offices/<slug:code>/", views.office, name="office"),
    path("offices/<slug:code>.vcf", views.office_vcard, name="office-vcard"),
    path("media-contacts/", views.media_contacts, name="media-contacts"),
    path("contacts/<slug:code>.vcf", views.vcard, name="vcard"),
]
