import pytest
from django.test import override_settings


@pytest.fixture(scope="module")
def newsroom(shared_rows):
    """The rows of the random walks through the workflow, made once: each walk begins with them as they were made."""
    from .test_workflow_machine import Newsroom

    known = set(vars(Newsroom()))
    first = Newsroom()
    with override_settings(FOUR_EYES=True):
        first.make_rows()
    Newsroom.as_made = {name: value for name, value in vars(first).items() if name not in known}
    yield
    Newsroom.as_made = None
