"""Loaded before Django reads its settings (pyproject's `-p tests.environment`).

A test run depends on nothing that the shell has set, but for DATABASE_URL and CHROMIUM.
"""

import os

for name in (
    *(
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "CSRF_TRUSTED_ORIGINS",
        "EMAIL_URL",
        "DEFAULT_FROM_EMAIL",
        "ALARM_EMAIL",
        "CACHE_URL",
    ),
    *(
        "MEDIA_ROOT",
        "MEDIA_STORAGE",
        "DATABASE_REPLICA_URL",
        "PURGE_URL",
        "STATIC_ROOT",
        "NEWSROOM_NAME",
        "NEWSROOM_BASE_URL",
        "TRUST_PROXY_HEADERS",
        "TRUSTED_PROXIES",
        "CONN_MAX_AGE",
    ),
    *("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "LOG_LEVEL", "FOUR_EYES"),
    *("TRUSTED_PUBLISH", "READER_FIGURES", "API_PER_MINUTE", "ENQUIRY_DAYS", "RECORDING_MAX_MEGABYTES"),
    *("SECOND_FACTOR", "OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME", "OIDC_CLAIM"),
    *("OIDC_CREATE_ACCOUNTS", "OIDC_SECOND_FACTOR"),
    *("TRUSTED_PUBLISH", "API_PER_MINUTE", "ENQUIRY_DAYS", "RECORDING_MAX_MEGABYTES"),
    *("NEWSROOM_RIGHTS", "NEWSROOM_LICENCE", "WEBSUB_HUB", "SECURITY_CONTACT", "SECURITY_POLICY", "SHARE_FONTS"),
    *("LOG_SLOW_QUERIES", "METRICS_TOKEN", "SENTRY_DSN", "NEWSROOM_COUNTERS"),
    *("PAGE_CACHE", "TRANSACTION_POOLING", "HOST", "PORT", "WORKERS", "THREADS"),
):
    os.environ.pop(name, None)
os.environ["DEBUG"] = "1"
os.environ["API_PER_MINUTE"] = "0"  # a test asks more often than any client
