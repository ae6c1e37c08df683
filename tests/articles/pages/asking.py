"""A text that tests of verifying ask about, and how they ask."""

BODY = (
    "<p>The council opened forty “new” wells in the northern district of Nakuru on Tuesday, after two dry years.</p>"
    "<p>It’s the largest programme of its kind in the valley, said the director of the regional water office.</p>"
    "<ul><li>Twelve villages have clean water for the first time.</li><li>Each well serves about 1,500 people.</li></ul>"
)
PASSAGE = "Twelve villages have clean water for the first time."
ALTERED = 'The council opened four "new" wells in the northern district of Nakuru on Tuesday, after two dry years.'


def answers(client, text="", path="/en/verify/", **asked):
    response = client.post(path, {"text": text, "reference": ""} | asked)
    assert response.status_code == 200
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    return response.context["verdicts"]


def answer(client, text="", **asked):
    [verdict] = answers(client, text, **asked)
    return verdict
