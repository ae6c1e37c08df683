"""The settings of Python's logging: one line or one JSON object for each message, on stderr."""


def to_stderr(form, level):
    """The value of Django's LOGGING. `form`: "line" or "json"."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "newsroom.serving.log_format.OneLineFormatter",
                "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
            },
            "json": {"()": "newsroom.serving.log_format.JSONFormatter"},
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {"django": {"handlers": [], "level": "NOTSET"}, "axes": {"level": "WARNING"}},
    }
