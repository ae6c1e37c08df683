"""The addresses of the public pages of articles; each language has its prefix."""

from django.urls import path

from . import views
from .alerts import views as alerts
from .feeds import views as feeds
from .pages import contact_page
from .pages.kit import picture_page
from .pages.kit import views as kit
from .pages.verifying import views as verifying
from .press_lists import views as press_mails

app_name = "articles"

urlpatterns = [
    path("", views.home, name="home"),
    path("news/", views.article_list, name="list"),
    path("news/feed.rss", feeds.news_feed, {"kind": "rss"}, name="feed-rss"),
    path("news/feed.atom", feeds.news_feed, {"kind": "atom"}, name="feed-atom"),
    path("news/feed.json", feeds.news_feed, {"kind": "json"}, name="feed-json"),
    path("news/archive/", views.news_archive, name="archive"),
    path("news/names.json", views.names, name="names"),
    path("news/<str:slug>/", views.article, name="article"),
    path("news/<str:slug>/ninjs.json", feeds.ninjs, name="ninjs"),
    path("news/<str:slug>/newsml.xml", feeds.newsml, name="newsml"),
    path("news/<str:slug>/share-<slug:digest>.png", feeds.share, name="share"),
    path("news/<str:slug>/editions/", views.edition_list, name="editions"),
    path("news/<str:slug>/editions/<int:number>/", views.edition, name="edition"),
    path("news/<str:slug>/text.txt", kit.plain_text, name="plain-text"),
    path("news/<str:slug>/kit.zip", kit.press_kit, name="press-kit"),
    path("news/<str:slug>/editions/<int:number>/changes/", views.edition_changes, name="edition-changes"),
    path("pictures/<slug:key>/", picture_page.page, name="picture"),
    path("pictures/<slug:key>/file.<slug:extension>", picture_page.download, name="picture-file"),
    path("contact/", contact_page.contact, name="contact"),
    path("contact/sent/", contact_page.sent, name="contact-sent"),
    path("verify/", verifying.verify, name="verify"),
    path("alerts/", alerts.sign_up, name="alerts"),
    path("alerts/asked/", alerts.asked, name="alerts-asked"),
    path("alerts/confirm/<str:token>/", alerts.confirm, name="alerts-confirm"),
    path("alerts/manage/<str:token>/", alerts.manage, name="alerts-manage"),
    path("alerts/manage/<str:token>/<int:pk>/", alerts.change, name="alerts-change"),
    path("alerts/end/<str:token>/", alerts.end, name="alerts-end"),
    path("press-mails/end/<str:token>/", press_mails.end, name="press-mails-end"),
    path("corrections/", views.corrections, name="corrections"),
    path("corrections/feed.atom", feeds.corrections_feed, name="corrections-feed"),
    path("regions/<slug:code>/", views.region, name="region"),
    path("countries/<slug:code>/", views.country, name="country"),
    path("topics/<slug:code>/", views.topic, name="topic"),
]
