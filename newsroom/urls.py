"""All URLs of the site."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from articles.media.serving import media
from articles.pages.private import embargo, review
from articles.views import permalink

from . import views
from .serving import robots_and_sitemaps
from .theme import current

urlpatterns = [
    path("", views.root, name="root"),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("media/theme/<slug:hash>.css", current.style_sheet, name="theme"),
    path("media/<path:name>", media, name="media"),
    path("r/<slug:reference>/", permalink, name="permalink"),
    path("review/<str:token>/", review.review, name="review"),
    path("review/<str:token>/media/<path:name>", review.review_media, name="review-media"),
    path("press/<str:token>/", embargo.press, name="press"),
    path("press/<str:token>/<slug:language>/", embargo.press, name="press-version"),
    path("press/<str:token>/media/<path:name>", embargo.press_media, name="press-media"),
    path("favicon.ico", robots_and_sitemaps.favicon, name="favicon"),
    path("robots.txt", robots_and_sitemaps.robots, name="robots"),
    path("sitemap.xml", robots_and_sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-pages-<slug:language>.xml", robots_and_sitemaps.sitemap_pages, name="sitemap-pages"),
    path(
        "sitemap-articles-<slug:language>-<int:number>.xml",
        robots_and_sitemaps.sitemap_articles,
        name="sitemap-articles",
    ),
    path("news-sitemap.xml", robots_and_sitemaps.news_sitemap, name="news-sitemap"),
    path(".well-known/security.txt", robots_and_sitemaps.security, name="security"),
    path("api/v1/", include("articles.api.urls")),
    *i18n_patterns(
        path("", include("articles.urls")),
        path("", include("contacts.urls")),
        path("about/<slug:code>/", views.page, name="page"),
        path("privacy/", views.privacy, name="privacy"),
    ),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = "newsroom.serving.health.server_error"
