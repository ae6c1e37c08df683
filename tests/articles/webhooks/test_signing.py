"""Messages are signed by the Standard Webhooks specification."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Webhook
from articles.webhooks import events, sending, signing

from .conftest import published
from .receiver import is_signed

pytestmark = pytest.mark.django_db


def test_for_a_day_the_former_secret_signs_beside_the_new_one(receiver, webhook, chief, clock):
    former = webhook.secret
    signing.renew(webhook)
    published(chief)
    sending.send_due()
    clock.shift(24 * 3600 + 1)
    events.send_test(webhook)
    sending.send_due()
    (early, early_body), (late, late_body) = receiver.got
    assert is_signed(former, early, early_body)
    assert is_signed(webhook.secret, early, early_body)
    assert not is_signed(former, late, late_body)
    assert is_signed(webhook.secret, late, late_body)


@pytest.mark.one_database
@given(
    body=st.binary(),
    other=st.binary(),
    identifier=st.from_regex(r"msg_[0-9a-f]{1,32}", fullmatch=True),
    shift=st.integers(1, 9),
)
def test_a_signature_fits_its_secret_id_time_and_body_alone(body, other, identifier, shift):
    secret = signing.PREFIX + "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IQ=="
    webhook = Webhook(secret=secret)
    headers = signing.headers(webhook, identifier, body)
    assert is_signed(secret, headers, body)
    assert is_signed(secret, headers, other) == (other == body)
    assert not is_signed(secret, headers | {"webhook-id": identifier + "x"}, body)
    later = str(int(headers["webhook-timestamp"]) + shift)
    assert not is_signed(secret, headers | {"webhook-timestamp": later}, body)


@pytest.mark.one_database
def test_the_example_of_the_specification():
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    found = signing.signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
