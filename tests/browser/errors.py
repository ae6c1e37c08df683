"""What goes wrong in a page and is told nobody but its console."""


def note_errors(page):
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(f"{page.url}: {error}"))
    page.on("console", lambda message: message.type == "error" and page.errors.append(_told(message)))


def _told(message):
    """A violation of the CSP is told as a console error, too."""
    return f"{message.location.get('url', '')}: {message.text}"
