"""What the description says in words only."""

import schemathesis
from hypothesis import strategies

# Texts of this format are names of zones: some of each kind.
ZONES = ["UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"]

schemathesis.openapi.format("iana-time-zone", strategies.sampled_from(ZONES))


@schemathesis.hook
def filter_case(context, case):
    """Parameters that nobody knows are ignored: what mails and campaigns add to links hurts nobody."""
    known = {parameter.name for parameter in case.operation.query}
    return set(case.query or {}) <= known
