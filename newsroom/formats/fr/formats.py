"""French: 20 novembre 2026, 14:05; 1 234,5 with narrow no-break spaces."""

DATETIME_FORMAT = "j F Y, H:i T"
THOUSAND_SEPARATOR = "\u202f"
