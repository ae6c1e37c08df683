"""Webhooks: other systems are told what was published, changed, corrected, withdrawn or removed.

`events` writes down what each endpoint is to be told, in the transaction of what it tells; `signing` signs it by the
Standard Webhooks specification; `sending` is the job that sends it.
"""
