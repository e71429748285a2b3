"""Style sheets as they are sent."""

import re
from pathlib import Path

import brotli
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


def test_the_sheet_is_sent_with_all_rules_of_all_files(client: FlaskClient) -> None:
    address = re.search(r'rel="stylesheet" href="([^"]+)"', client.get("/").text)
    assert address
    answer = client.get(address[1])
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert "immutable" in answer.headers["Cache-Control"]
    written = [re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL) for sheet in SHEETS]
    assert all("".join(rules.split()) in "".join(answer.text.split()) for rules in written)
    assert len(answer.text) < sum(map(len, written))


def test_the_sheet_is_the_same_however_it_is_packed(client: FlaskClient) -> None:
    address = re.search(r'rel="stylesheet" href="([^"]+)"', client.get("/").text)
    assert address
    plain, packed = (client.get(address[1], headers={"Accept-Encoding": offer}) for offer in ("identity", "gzip, br"))
    assert (plain.content_encoding, packed.content_encoding) == (None, "br")
    assert brotli.decompress(packed.data) == plain.data
    for answer in (plain, packed):
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.content_length == len(answer.data)
