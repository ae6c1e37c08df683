"""What a check of the doctor has found."""

from dataclasses import dataclass

# What is wrong has to be repaired; a note is for somebody who wants what is missing.
WRONG, NOTE = "wrong", "note"


@dataclass(frozen=True)
class Finding:
    """`what` stays the same while the fault lasts, so that an alarm is mailed once; numbers stand in `sentence`."""

    what: str
    sentence: str
    remedy: str
    level: str = WRONG
