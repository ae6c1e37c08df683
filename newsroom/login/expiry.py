"""The job that deletes ended sessions and old invitations."""

from . import invitations, sessions

JOB, EVERY = "accounts: old data", 6 * 60 * 60  # seconds


def clean():
    sessions.clean()
    invitations.clean()
