"""Style sheets as they are sent."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from webapp.compression import spared

SHEETS = sorted((Path(__file__).parents[2] / "webapp" / "static" / "css").glob("*.css"))


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        pytest.param("a,\nb {\n  color: red;\n}\n", "a,b{color: red;}", id="space"),
        pytest.param("/* why */\na { b: c } /* {;} */", "a{b: c}", id="comments"),
        pytest.param("a { width: calc(100% - 2 * var(--g)); }", "a{width: calc(100% - 2 * var(--g));}", id="sums"),
        pytest.param(".a .b > .c + .d :hover { e: f }", ".a .b > .c + .d :hover{e: f}", id="selectors"),
        pytest.param('a::after { content: " " attr(href); }', 'a::after{content: " " attr(href);}', id="text"),
    ],
)
def test_only_what_means_nothing_is_left_out(written: str, sent: str) -> None:
    assert spared(written) == sent


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_a_sheet_is_sent_with_all_its_rules(sheet: Path, client: FlaskClient) -> None:
    page = client.get("/").text
    folder = re.search(r'href="(/static/[^/]+/css/)', page)
    assert folder
    with client.get(f"{folder[1]}{sheet.name}") as answer:
        sent = answer.text
        assert int(answer.headers["Content-Length"]) == len(answer.data)
    written = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert "".join(sent.split()) == "".join(written.split())
    assert len(sent) < len(written)
