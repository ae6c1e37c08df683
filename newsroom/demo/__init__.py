"""The demo: fixtures of an invented organisation, and what `manage.py demo` adds to them."""
