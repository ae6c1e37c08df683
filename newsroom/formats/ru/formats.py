"""Russian: 20 ноября 2026 г., 14:05; months of dates in the genitive."""

DATETIME_FORMAT = "j E Y г., H:i T"
TIME_FORMAT = "H:i"
MONTH_DAY_FORMAT = "j E"
