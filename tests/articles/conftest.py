import pytest

from contacts.models import Membership
from tests.cast import make_user


@pytest.fixture
def edna(client):
    """An editor, logged in."""
    user = make_user("edna", "editor")
    client.force_login(user)
    return user


@pytest.fixture
def chief(edna):
    """Edna, who approves, too."""
    Membership.objects.create(user=edna, role="approver")
    return edna
