"""Whatever an address answers, it is counted with its reason and the run goes on."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("path", "outcome", "reason"),
    [
        ("/loksud/404", "missing", "404 not found"),
        ("/loksud/410", "missing", "410 gone"),
        ("/loksud/500", "failed", "500 internal server error"),
        ("/loksud/tyhi", "rejected", "empty page"),
        ("/loksud/tyhi-html", "rejected", "empty page"),
        ("/loksud/menyy", "rejected", "little text (5 words)"),
        ("/loksud/pilt", "rejected", "not a page: image/png"),
        ("/loksud/pildi-moodi", "rejected", "not a page: says text/html, but is something else"),
        ("/loksud/dokument", "rejected", "not a page: application/msword"),
        ("/loksud/lopmatu", "rejected", "larger than 1 MB"),
        ("/loksud/suur", "rejected", "larger than 1 MB"),
        ("/loksud/pommi", "rejected", "larger than 1 MB"),
        ("/loksud/suund-katki", "rejected", "leads on to what cannot be read as an address"),
        ("/loksud/pakk-katki", "failed", "is packed (gzip) and damaged"),
        ("/loksud/aeglane", "failed", "took longer than 3 s"),
        ("/loksud/ring", "failed", "redirects in a circle"),
        ("/loksud/avalehele", "missing", "redirects to the front page"),
        ("/loksud/noindex", "rejected", "noindex: the page asks not to be listed"),
        ("/loksud/noindex-paises", "rejected", "noindex: the page asks not to be listed"),
        ("/loksud/pdf-skann", "rejected", "PDF without text (a scan)"),
        ("/loksud/pdf-katki", "rejected", "PDF that cannot be read"),
        ("/loksud/metadata", "rejected", "is in a private network; see AARDEKAST_ALLOW_PRIVATE"),
    ],
)
def test_a_trap_is_counted_with_its_reason(great_harvest: Any, path: str, outcome: str, reason: str) -> None:
    assert great_harvest.home.reasons("loksud")[path] == (outcome, reason)


def test_no_address_is_lost(great_harvest: Any, site_server: Any) -> None:
    run = great_harvest.home.run_of("loksud")
    assert run["counts"]["added"] + len(run["reasons"]) == len(site_server.TRAP_PATHS)


def test_the_run_goes_on_after_the_traps(great_harvest: Any) -> None:
    found = great_harvest.home.resources()
    assert {"/loksud/viimane", "/loksud/katkine", "/loksud/alus-katki"} <= found.keys()
    assert great_harvest.home.run_of("loksud")["fault"] is None


def test_a_private_network_is_refused_at_first_and_behind_a_redirect(great_harvest: Any) -> None:
    home = great_harvest.home
    assert (
        home.run_of("sisevork")["fault"]
        == "http://10.0.0.1/sitemap.xml: is in a private network; see AARDEKAST_ALLOW_PRIVATE"
    )
    assert home.reasons("curated")["/vana/sise"] == (
        "rejected",
        "is in a private network; see AARDEKAST_ALLOW_PRIVATE",
    )


def test_a_host_that_does_not_answer_costs_only_its_own_addresses(great_harvest: Any) -> None:
    home = great_harvest.home
    reasons = home.reasons("curated")
    assert [reasons[path] for path in ("/a", "/b", "/c")] == [("failed", "host does not answer")] * 3
    assert home.run_of("vaikiv")["fault"].endswith("host does not answer")
    assert not home.last["is_offline"]


def test_never_two_requests_at_once_to_one_host(great_harvest: Any) -> None:
    sites = [great_harvest.site, *great_harvest.others.values()]
    # The slow answer of the traps is given up by us before the server knows.
    assert {seen.under_way for site in sites for seen in site.seen if site.variant != "traps"} == {1}
