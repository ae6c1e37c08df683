"""What this software is made of, for whoever releases it: licences and known vulnerabilities of all locked packages, and
a bill of materials. `python -m tests.supply_chain` looks at both; `--sbom FILE` writes the bill.
"""
