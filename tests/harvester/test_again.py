"""A second run: what has not changed costs a question, what has is read, what vanished is noticed."""

from __future__ import annotations

from typing import Any

import pytest

RULES = ["/robots.txt", "/sitemap.xml", "/.well-known/tdmrep.json"]


def source_home(quick_home: Any, yaml: Any, site: Any, **fields: Any) -> Any:
    return quick_home(yaml.file([yaml.source("again", site.sitemap, type="sitemap", **fields)]))


def run(home: Any, **options: Any) -> dict[str, Any]:
    home.harvest(source_ids=["again"], **options)
    found: dict[str, Any] = home.run_of("again")
    return found


def test_an_unchanged_source_costs_only_its_conditional_requests(make_again: Any, quick_home: Any, yaml: Any) -> None:
    site = make_again(12)
    site.leaves["/leht/tyhi"] = type(site.leaf("/leht/0"))(b"<html><title>Kontakt</title><body>Tee 1</body></html>")
    home = source_home(quick_home, yaml, site)
    first = run(home)
    assert (first["counts"]["added"], first["counts"]["rejected"], len(home.last["extracted"])) == (12, 1, 13)
    revision, known = home.revision(), home.resources()
    site.forget()
    second = run(home)
    assert second["counts"] == {**first["counts"], "added": 0, "unchanged": 12}
    assert second["reasons"] == first["reasons"]  # what was rejected stays so, without being read again
    assert home.last["extracted"] == []
    assert [asked.path for asked in site.asked][:3] == RULES
    assert len(site.asked) == len(RULES) + 13
    assert all(asked.is_conditional and asked.status == 304 for asked in site.asked if asked.path not in RULES)
    assert home.revision() == revision
    checked = {path: resource.last_checked for path, resource in home.resources().items()}
    assert all(checked[path] > resource.last_checked for path, resource in known.items())


def test_a_list_that_has_not_changed_is_not_sent_again(make_again: Any, quick_home: Any, yaml: Any) -> None:
    site = make_again(3)
    home = source_home(quick_home, yaml, site)
    run(home)
    site.forget()
    assert run(home)["counts"]["unchanged"] == 3
    assert [asked.status for asked in site.asked if asked.path == "/sitemap.xml"] == [304]


def test_where_a_host_knows_no_conditional_requests_an_unchanged_page_is_not_extracted(
    make_again: Any, quick_home: Any, yaml: Any
) -> None:
    site = make_again(4, has_validators=False)
    home = source_home(quick_home, yaml, site)
    run(home)
    assert run(home)["counts"]["unchanged"] == 4
    assert home.last["extracted"] == []
    assert not any(asked.is_conditional for asked in site.asked)


def test_only_the_page_that_changed_is_read(make_again: Any, quick_home: Any, yaml: Any, again: Any) -> None:
    site = make_again(4)
    home = source_home(quick_home, yaml, site)
    run(home)
    revision = home.revision()
    site.leaves["/leht/2"] = again.page(2, text="Sügisel tuleb uus talgupäev.")
    counts = run(home)["counts"]
    assert (counts["unchanged"], counts["changed"]) == (3, 1)
    assert home.last["extracted"] == [f"{site.base}/leht/2"]
    assert "uus talgupäev" in home.resources()["/leht/2"].text
    assert home.revision() == revision + 1


def test_markup_that_changes_around_the_same_text_changes_nothing(
    make_again: Any, quick_home: Any, yaml: Any, again: Any
) -> None:
    site = make_again(3)
    home = source_home(quick_home, yaml, site)
    run(home)
    revision = home.revision()
    site.leaves["/leht/1"] = again.page(1, head="<link rel='stylesheet' href='/uus.css'>")
    assert run(home)["counts"]["unchanged"] == 3
    assert home.revision() == revision


def test_every_nth_run_and_full_read_everything(make_again: Any, quick_home: Any, yaml: Any) -> None:
    site = make_again(2)
    home = source_home(quick_home, yaml, site)
    read = []
    for full in (False, False, False, False, True):
        site.forget()
        run(home, settings={"full_every": 3}, full=full)
        read.append(sum(not asked.is_conditional for asked in site.asked if asked.path.startswith("/leht/")))
    assert read == [2, 0, 0, 2, 2]


def test_a_source_whose_entry_changes_is_read_anew(make_again: Any, quick_home: Any, yaml: Any) -> None:
    site = make_again(2)
    home = source_home(quick_home, yaml, site, kind="uudis")
    run(home)
    home.write(yaml.file([yaml.source("again", site.sitemap, type="sitemap", kind="artikkel")]))
    assert run(home)["counts"]["changed"] == 2
    assert {resource.kind for resource in home.resources().values()} == {"artikkel"}


def test_a_limited_run_is_no_full_look(make_again: Any, quick_home: Any, yaml: Any) -> None:
    site = make_again(3)
    home = source_home(quick_home, yaml, site)
    run(home, limit=1)
    run(home)
    assert len(home.last["extracted"]) == 3


def test_a_card_that_moves_to_a_page_read_before_has_its_text(make_again: Any, quick_home: Any, yaml: Any) -> None:
    site = make_again(2)

    def cards(first: str, second: str) -> str:
        found: str = yaml.file([], [yaml.card("yks", site.base + first), yaml.card("kaks", site.base + second)])
        return found

    home = quick_home(cards("/leht/0", "/leht/1"))
    home.harvest(source_ids=["curated"])
    home.write(cards("/leht/1", "/leht/0"))
    home.harvest(source_ids=["curated"])
    texts = {resource.id: resource.text for resource in home.resources().values()}
    assert "1. külas" in texts["yks"]
    assert "0. külas" in texts["kaks"]


def test_what_the_curators_wrote_is_not_overwritten(make_again: Any, quick_home: Any, yaml: Any, again: Any) -> None:
    site = make_again(1)
    home = quick_home(
        yaml.file(
            [yaml.source("again", site.sitemap, type="sitemap", kind="uudis")],
            [yaml.card("kaart", f"{site.base}/leht/0", description="Oma sõnadega.")],
        )
    )
    for text in ("Esimene.", "Teine."):
        site.leaves["/leht/0"] = again.page(0, text=text, head="<meta name='description' content='Lehe enda sõnad'>")
        home.harvest(source_ids=["again", "curated"])
        (resource,) = home.resources().values()
        assert (resource.title, resource.kind, resource.description) == ("Kaart kaart", "artikkel", "Oma sõnadega.")
        assert text in resource.text


def test_a_withdrawn_address_is_not_even_asked_for_again(make_again: Any, quick_home: Any, yaml: Any) -> None:
    site = make_again(3)
    home = source_home(quick_home, yaml, site)
    run(home)
    home.write(yaml.file([yaml.source("again", site.sitemap, type="sitemap")], withdrawn=[f"{site.base}/leht/1"]))
    home.age(days=1)
    site.forget()
    site.listed = ["/leht/0", "/leht/1"]  # it is still listed; another is not, and looked at again
    for _ in range(2):
        run(home)
    assert set(site.paths()) == {"/leht/0", "/leht/2"}
    assert sorted(home.resources()) == ["/leht/0", "/leht/2"]


def test_a_page_that_turns_noindex_loses_its_text_and_comes_back_when_it_may(
    make_again: Any, quick_home: Any, yaml: Any, again: Any
) -> None:
    site = make_again(5)
    home = quick_home(
        yaml.file([yaml.source("again", site.sitemap, type="sitemap")], [yaml.card("kaart", f"{site.base}/leht/0")])
    )
    everything = {"source_ids": ["again", "curated"]}
    home.harvest(**everything)
    site.leaves["/leht/1"] = again.page(1, head="<meta name='robots' content='noindex'>")
    site.leaves["/leht/0"].headers["X-Robots-Tag"] = "aardekast: noindex"  # which a 304 says too
    home.harvest(**everything)
    found = home.resources()
    assert sorted(found) == ["/leht/0", "/leht/2", "/leht/3", "/leht/4"]
    assert (found["/leht/0"].title, found["/leht/0"].text, found["/leht/0"].passages) == ("Kaart kaart", "", ())
    home.harvest(**everything)  # what is remembered of it says the same
    assert sorted(home.resources()) == ["/leht/0", "/leht/2", "/leht/3", "/leht/4"]
    site.leaves["/leht/1"] = again.page(1)
    del site.leaves["/leht/0"].headers["X-Robots-Tag"]
    home.harvest(**everything)
    found = home.resources()
    assert "1. külas" in found["/leht/1"].text
    assert "0. külas" in found["/leht/0"].text


def test_what_a_source_lists_no_more_is_looked_at_and_marked_when_it_is_gone(
    make_again: Any, quick_home: Any, yaml: Any
) -> None:
    site = make_again(6)
    home = source_home(quick_home, yaml, site)
    run(home)
    leaf = site.leaves.pop("/leht/5")
    site.listed = ["/leht/0", "/leht/1"]
    home.miss(f"{site.base}/leht/5", days=3)
    site.forget()
    assert home.resources()["/leht/5"].status == "live"
    assert run(home)["counts"]["missing"] == 1
    assert sorted(site.paths()) == [f"/leht/{number}" for number in range(6)]
    assert home.resources()["/leht/5"].status == "failing"
    revision = home.revision()
    home.age(days=30)
    run(home)
    assert "/leht/5" not in home.resources()
    assert home.revision() == revision + 1
    site.leaves["/leht/5"] = leaf
    home.age(days=29)
    site.forget()
    run(home)
    assert "/leht/5" not in site.paths()  # what is gone is asked for monthly
    home.age(days=2)
    run(home)
    assert home.resources()["/leht/5"].status == "live"


def test_a_feed_of_the_newest_does_not_lose_the_older(make_again: Any, quick_home: Any, yaml: Any) -> None:
    site = make_again(8)
    home = source_home(quick_home, yaml, site, max_pages=4)
    site.listed = [f"/leht/{number}" for number in range(4)]
    run(home)
    site.listed = [f"/leht/{number}" for number in range(4, 8)]
    home.age(days=1)
    run(home)
    home.age(days=1)
    site.forget()
    site.listed = ["/leht/7"]
    run(home)
    # One is listed; of the seven others no more than the source may have pages, those longest not looked at.
    assert len(site.paths()) == 5
    assert len(home.resources()) == 8


@pytest.mark.parametrize("status", [404, 500])
def test_when_most_of_a_source_vanishes_nothing_is_marked_and_the_curators_are_told(
    make_again: Any, quick_home: Any, yaml: Any, status: int
) -> None:
    site = make_again(10)
    home = source_home(quick_home, yaml, site, schedule="daily")
    run(home)
    lost = [f"/leht/{number}" for number in range(4)]
    before = dict(site.leaves)
    for path in lost:
        site.leaves[path] = type(before[path])(b"Viga", status=status)
    home.age(days=2)
    fault = run(home)["fault"]
    assert fault == (
        "4 of 10 known pages vanished or were rejected; nothing was marked. If that is right: "
        "aardekast harvest --confirm-losses again"
    )
    catalogue = home.catalogue()
    assert all(known.has_answered for known in catalogue.known_resources("again"))
    assert "again" in catalogue.due_source_ids()
    assert next(source for source in catalogue.summary().sources if source.id == "again").fault == fault
    catalogue.close()


def test_losses_that_the_curators_confirm_are_gone(make_again: Any, quick_home: Any, yaml: Any) -> None:
    site = make_again(5)
    home = source_home(quick_home, yaml, site)
    run(home)
    for number in range(4):
        del site.leaves[f"/leht/{number}"]
    home.age(days=1)
    assert "4 of 5" in run(home)["fault"]
    assert run(home, confirm_losses=True)["fault"] is None
    assert list(home.resources()) == ["/leht/4"]


def test_when_most_of_a_source_turns_noindex_its_texts_stay_until_that_is_confirmed(
    make_again: Any, quick_home: Any, yaml: Any, again: Any
) -> None:
    site = make_again(4)
    home = source_home(quick_home, yaml, site)
    run(home)
    for number in range(3):
        site.leaves[f"/leht/{number}"] = again.page(number, head="<meta name='robots' content='none'>")
    assert "3 of 4 known pages" in run(home)["fault"]
    assert len(home.resources()) == 4
    assert run(home, confirm_losses=True)["fault"] is None
    assert list(home.resources()) == ["/leht/3"]


def test_one_page_of_a_small_source_is_no_landslide(make_again: Any, quick_home: Any, yaml: Any) -> None:
    site = make_again(2)
    home = source_home(quick_home, yaml, site)
    run(home)
    del site.leaves["/leht/1"]
    home.age(days=1)
    assert run(home)["fault"] is None


def test_links_of_cards_are_looked_at_and_not_read(make_again: Any, quick_home: Any, yaml: Any) -> None:
    site = make_again(3)
    home = quick_home(
        yaml.file([], [yaml.card(f"k{number}", f"{site.base}/leht/{number}", harvest=False) for number in range(3)])
    )
    del site.leaves["/leht/2"]
    home.harvest(due_only=True)
    assert home.run_of("curated")["counts"]["checked"] == 2
    looked_at = [(asked.method, asked.path) for asked in site.asked if "/leht/" in asked.path]
    assert looked_at == [("HEAD", "/leht/0"), ("HEAD", "/leht/1"), ("HEAD", "/leht/2"), ("GET", "/leht/2")]
    home.age(days=1)
    site.forget()
    home.harvest(due_only=True)
    assert set(site.paths()) == {"/leht/2"}  # what did not answer is looked at daily, the others weekly


def test_a_host_that_knows_no_head_is_asked_by_get(make_again: Any, quick_home: Any, yaml: Any) -> None:
    site = make_again(6)
    site.heads = {f"/leht/{number}": status for number, status in enumerate((400, 403, 404, 405, 500, 501))}
    home = quick_home(
        yaml.file([], [yaml.card(f"k{path[6:]}", site.base + path, harvest=False) for path in site.leaves])
    )
    home.harvest(source_ids=["curated"])
    assert home.run_of("curated")["counts"]["checked"] == 6
    assert len(site.paths()) == 12
    assert home.last["extracted"] == []


def test_links_of_pages_that_have_not_changed_are_followed_all_the_same(
    make_again: Any, quick_home: Any, yaml: Any, again: Any
) -> None:
    site = make_again(3)
    site.leaves["/leht/"] = again.page(9, text="<a href='/leht/0'>null</a>")
    site.leaves["/leht/0"] = again.page(0, text="<a href='/leht/1'>üks</a>")
    home = quick_home(yaml.file([yaml.source("again", f"{site.base}/leht/", type="links")]))
    assert run(home)["counts"]["added"] == 3
    site.leaves["/leht/1"] = again.page(1, text="<a href='/leht/2'>kaks</a>")
    counts = run(home)["counts"]
    assert (counts["unchanged"], counts["changed"], counts["added"]) == (2, 1, 1)
    assert sorted(home.last["extracted"]) == [f"{site.base}/leht/1", f"{site.base}/leht/2"]
