import pytest
from hypothesis import given
from hypothesis import strategies as st

from aardekast.addresses import canonical_key, clean_url, fault_of, host_of, resource_id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("https://kysk.ee/a", "http://kysk.ee/a", id="scheme"),
        pytest.param("https://www.kysk.ee/a", "https://kysk.ee/a", id="www"),
        pytest.param("https://kysk.ee/a/", "https://kysk.ee/a", id="trailing-slash"),
        pytest.param("https://kysk.ee", "https://kysk.ee/", id="root"),
        pytest.param("https://kysk.ee/a#osa", "https://kysk.ee/a", id="fragment"),
        pytest.param("https://kysk.ee/a?utm_source=x&utm_medium=y", "https://kysk.ee/a", id="tracking"),
        pytest.param("https://kysk.ee/a?id=1&fbclid=x", "https://kysk.ee/a?id=1", id="tracking-among-others"),
        pytest.param("https://kysk.ee/a?b=1&a=2", "https://kysk.ee/a?a=2&b=1", id="order-of-parameters"),
        pytest.param("https://KYSK.ee/a", "https://kysk.ee/a", id="capitals-in-the-host"),
        pytest.param("https://kysk.ee./a", "https://kysk.ee/a", id="dot-after-the-host"),
        pytest.param("https://ky\u00adsk.ee/a", "https://kysk.ee/a", id="soft-hyphen-in-the-host"),
        pytest.param("https://kysk.ee:443/a", "https://kysk.ee/a", id="default-port"),
        pytest.param("https://a.ee/tur%C2%ADva%C2%ADli", "https://a.ee/turvali", id="soft-hyphen-in-the-path"),
        pytest.param("https://a.ee/k%C3%BCla", "https://a.ee/küla", id="escapes"),
        pytest.param("https://a.ee//b", "https://a.ee/b", id="double-slash"),
    ],
)
def test_two_spellings_of_an_address_are_one(one: str, other: str) -> None:
    assert canonical_key(one) == canonical_key(other)
    assert resource_id(one) == resource_id(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("https://kysk.ee/a", "https://kysk.ee/b", id="path"),
        pytest.param("https://kysk.ee/?p=1", "https://kysk.ee/?p=2", id="parameter"),
        pytest.param("https://kysk.ee/A", "https://kysk.ee/a", id="capitals-in-the-path"),
        pytest.param("https://kysk.ee:8080/", "https://kysk.ee/", id="port"),
        pytest.param("https://kogukond.kysk.ee/", "https://kysk.ee/", id="host"),
    ],
)
def test_different_pages_stay_different(one: str, other: str) -> None:
    assert canonical_key(one) != canonical_key(other)


@given(st.text(alphabet="abcõü%2F/\\?&=#+.-_~ 1\ud800", max_size=40))
def test_the_key_of_a_cleaned_address_is_its_key(rest: str) -> None:
    url = "https://www.naide.ee/" + rest.replace(" ", "")
    assert canonical_key(clean_url(url)) == canonical_key(url)
    assert clean_url(clean_url(url)) == clean_url(url)
    assert canonical_key("https://" + canonical_key(url)) == canonical_key(url)


@pytest.mark.parametrize(
    "url", ["", "kysk.ee", "ftp://kysk.ee/", "https://", "https://kysk/", "https://a b.ee/", "https://me:pw@kysk.ee/"]
)
def test_what_is_no_address_is_said(url: str) -> None:
    assert fault_of(url)


def test_an_address_is_not_faulted() -> None:
    assert fault_of("https://kysk.ee/?p=1#osa") is None
    assert fault_of("http://127.0.0.1:8080/a") is None


def test_the_host_is_told_without_www() -> None:
    assert host_of("https://www.Kysk.ee./a") == "kysk.ee"
