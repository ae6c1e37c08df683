"""Loaded before Django reads its settings (pyproject's `-p tests.environment`).

A test run depends on nothing that the shell has set, but for DATABASE_URL and CHROMIUM.
"""

import os

for name in (
    *("SECRET_KEY", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "EMAIL_URL", "DEFAULT_FROM_EMAIL", "CACHE_URL"),
    *(
        "MEDIA_ROOT",
        "STATIC_ROOT",
        "NEWSROOM_NAME",
        "NEWSROOM_BASE_URL",
        "TRUST_PROXY_HEADERS",
        "TRUSTED_PROXIES",
        "CONN_MAX_AGE",
    ),
    *("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "LOG_LEVEL", "FOUR_EYES"),
    *("PAGE_CACHE", "TRANSACTION_POOLING", "HOST", "PORT", "WORKERS", "THREADS"),
):
    os.environ.pop(name, None)
os.environ["DEBUG"] = "1"
