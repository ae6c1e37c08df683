"""English as international organisations write it: 20 November 2026, 14:05."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i T"  # with the time zone: people in several ones read the same lists
TIME_FORMAT = "H:i"
