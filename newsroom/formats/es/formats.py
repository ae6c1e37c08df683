"""Spanish: 20 de noviembre de 2026, 14:05; 1.234,5."""

DATETIME_FORMAT = r"j \d\e F \d\e Y, H:i T"
THOUSAND_SEPARATOR = "."
