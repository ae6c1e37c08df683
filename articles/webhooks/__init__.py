"""Webhooks: messages to other systems about what was published, changed, corrected, withdrawn or removed.

`events` writes a message for each endpoint, in the transaction of the change; `signing` signs it by the
Standard Webhooks specification; `sending` is the job that sends it.
"""
