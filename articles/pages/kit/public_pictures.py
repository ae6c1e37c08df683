"""The pictures of live articles: which can be downloaded, and in which articles readers see them."""

from ...media.usage import used_in
from ...models import Image

KEY = 16  # characters of the SHA-256 in the address of a picture's page


def live_articles(file):
    """The live articles with a picture or attachment."""
    return used_in(file).live()


def find(key):
    """(the picture whose SHA-256 begins with the key, its live articles); None if no live article shows it."""
    image = Image.objects.filter(sha256__gte=key, sha256__lt=f"{key}g").prefetch_related("translations").first()
    if image is None or not image.sha256.startswith(key):
        return None
    articles = live_articles(image)
    return (image, articles) if articles.exists() else None
