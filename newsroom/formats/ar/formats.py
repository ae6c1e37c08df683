"""Arabic: 20 نوفمبر 2026، 14:05; 1,234.5 with European digits, as the CLDR has it for Arabic and the UN writes it."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y، H:i T"
TIME_FORMAT = "H:i"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
