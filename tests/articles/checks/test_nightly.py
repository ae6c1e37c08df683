"""The nightly check of links: what it stores, forgets, asks other sites and where it goes on."""

import pytest
from django.core.management import call_command

from articles.checks.links import nightly
from articles.checks.links.nightly import Limits, OtherSites, check_links
from articles.desk.panels import desk
from articles.media.fetch import FetchError
from articles.models import BrokenLink, LinkCheck
from tests.cast import make_article, make_office, make_user

pytestmark = pytest.mark.django_db


def linking(*addresses, **changes):
    body = "".join(f'<p><a href="{address}">A report</a></p>' for address in addresses)
    return make_article(body=body, **changes)


def found():
    return sorted(BrokenLink.objects.values_list("address", "fault", "times"))


def sites(answers, asked=None, **limits):
    def ask(address):
        if asked is not None:
            asked.append(address)
        if error := answers.get(address):
            raise error

    return OtherSites(Limits(**({"pause": 0} | limits)), ask)


def test_links_within_the_site_are_checked_and_forgotten_when_they_work_again():
    make_article(slug="here")
    page = linking("/en/news/here/", "/en/news/soon/", "https://other.example/?a=1&amp;b=2")
    linking("/en/news/draft-links-nowhere/", state="draft")
    page.related_links.create(url="https://other.example/en/news/never/", title="x")
    run = check_links()
    assert (run.articles, run.asked, run.broken) == (2, 0, 1)
    assert found() == [("/en/news/soon/", "nowhere", 1)]
    check_links()
    assert found() == [("/en/news/soon/", "nowhere", 2)]
    make_article(slug="soon")
    check_links()
    assert found() == []


def test_the_rows_of_an_article_that_is_no_longer_public_go():
    page = linking("/en/news/never/")
    check_links()
    page.state = "draft"
    page.save()
    check_links()
    assert found() == []


def test_other_sites_are_asked_only_if_wanted_and_each_address_once():
    linking("https://a.example/1", "https://a.example/2#x", "mailto:a@a.example")
    linking("https://a.example/1")
    asked = []
    answers = {"https://a.example/1": FetchError("", status=404), "https://a.example/2": FetchError("", status=403)}
    run = check_links(sites(answers, asked))
    assert sorted(asked) == ["https://a.example/1", "https://a.example/2"]
    assert [row[:2] for row in found()] == [("https://a.example/1", "answer")] * 2
    assert run.asked == 2
    check_links()  # without them, what is known of other sites stays
    assert len(found()) == 2


def test_a_link_that_is_no_address_does_not_stop_the_check():
    linking("https://[a.example/", "https://a.example/1")
    asked = []
    check_links(sites({}, asked))
    assert asked == ["https://[a.example/", "https://a.example/1"]


def test_a_site_that_does_not_answer_once_is_told_the_second_time():
    page = linking(*(f"https://a.example/{number}" for number in range(5)))
    user = make_user("ada", is_staff=True, is_superuser=True)
    asked = []
    down = {f"https://a.example/{number}": FetchError("", is_unreachable=True) for number in range(5)}
    check_links(sites(down, asked))
    assert len(asked) == nightly.GIVE_UP_AFTER
    assert list(desk(user)["links"]) == []
    check_links(sites(down))
    assert [(row, row.broken) for row in desk(user)["links"]] == [(page, 5)]
    check_links(sites({}))
    assert found() == []


def test_a_link_that_was_taken_out_is_forgotten():
    page = linking("https://a.example/")
    check_links(sites({"https://a.example/": FetchError("", status=410)}))
    page.body = "<p>Text.</p>"
    page.save()
    check_links()
    assert found() == []


def test_a_run_within_limits_goes_on_where_it_stopped():
    for number in range(5):
        linking(f"https://a.example/{number}")
    asked = []
    assert check_links(sites({}, asked, addresses=2)).next_article is not None
    assert check_links(sites({}, asked, addresses=2)).next_article is not None
    assert check_links(sites({}, asked, addresses=2)).next_article is None
    assert sorted(asked) == [f"https://a.example/{number}" for number in range(5)]
    assert check_links(sites({}, asked, seconds=0)).asked == 0


def test_one_site_is_not_asked_faster_than_allowed(monkeypatch):
    waited = []
    monkeypatch.setattr(nightly.time, "sleep", waited.append)
    linking("https://a.example/1", "https://b.example/1", "https://a.example/2")
    check_links(sites({}, pause=9))
    assert len(waited) == 1
    assert 8 < waited[0] <= 9


def test_private_addresses_are_never_asked(capsys):
    linking("http://127.0.0.1/", "http://169.254.169.254/latest/", "http://localhost/")
    call_command("check_links", "--external", "--pause=0")
    assert "1 articles checked, 3 addresses of other sites asked.\n0 broken links." in capsys.readouterr().out


def test_the_desk_and_the_list_show_the_articles(client):
    geneva, nairobi = make_office(), make_office("nairobi", "Nairobi")
    linking("/en/news/never/", headline="Has a broken link", office=geneva)
    linking("/en/news/never/", headline="Has one elsewhere", office=nairobi)
    check_links()
    client.force_login(make_user("walt", "writer", office=geneva))
    for address in ("/admin/", "/admin/articles/article/?links=broken"):
        html = client.get(address).content.decode()
        assert "Has a broken link" in html
        assert "Has one elsewhere" not in html
    assert "1 link leads nowhere" in client.get("/admin/").content.decode()


def test_the_check_costs_the_same_queries_for_few_and_for_many(django_assert_max_num_queries):
    for number in range(30):
        linking(f"/en/news/{number % 3}/")
    check_links()
    LinkCheck.objects.all().delete()
    with django_assert_max_num_queries(60):
        check_links()
