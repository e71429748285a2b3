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
        pytest.param("https://a.ee/ko\u0308ne", "https://a.ee/k\u00f6ne", id="letter-and-mark-apart"),
        pytest.param("https://a.ee/index.php", "https://a.ee/", id="front-page-by-its-file"),
        pytest.param("https://a.ee/kogu/index.html", "https://a.ee/kogu/", id="folder-by-its-file"),
        pytest.param("https://www.4kogu.ee/index.php/node/147", "https://4kogu.ee/node/147", id="front-controller"),
        pytest.param(
            "https://naabrivalve.ee/index.php?module=news&id=142",
            "http://www.naabrivalve.ee/?id=142&module=news",
            id="front-controller-with-parameters",
        ),
        pytest.param("https://a.ee/leht;jsessionid=8A1F.node2?id=1", "https://a.ee/leht?id=1", id="session-in-path"),
        pytest.param("https://a.ee/leht?PHPSESSID=f00&id=1", "https://a.ee/leht?id=1", id="session"),
        pytest.param("https://a.ee/lugu/?replytocom=12#respond", "https://a.ee/lugu/", id="reply-to-a-comment"),
        pytest.param("https://a.ee/lugu?gclid=1&mtm_campaign=2&srsltid=3", "https://a.ee/lugu", id="other-trackers"),
        pytest.param(
            "https://viru-nigula.ee/et/uudised/-/asset_publisher/CuP/content/statuut?redirect=https%3A%2F%2Fviru-nigula"
            ".ee%2Fet%2Fuudised%3Fp_p_id%3D101_INSTANCE_CuP%26p_p_lifecycle%3D0%26p_p_col_count%3D1",
            "https://viru-nigula.ee/et/uudised/-/asset_publisher/CuP/content/statuut",
            id="liferay-way-back",
        ),
        pytest.param(
            "https://sauevald.ee/uudised/-/asset_publisher/yl/content/kodukant?p_p_id=101_INSTANCE_yl&p_p_lifecycle=0"
            "&_101_INSTANCE_yl_cur=13&_101_INSTANCE_yl_delta=20&p_r_p_564233524_resetCur=false&inheritRedirect=true",
            "https://sauevald.ee/uudised/-/asset_publisher/yl/content/kodukant",
            id="liferay-frame",
        ),
        pytest.param(
            "https://a.ee/web?p_p_id=101&_101_urlTitle=x&p_p_state=normal&p_p_mode=view&p_auth=Ab1",
            "https://a.ee/web?p_p_id=101&_101_urlTitle=x",
            id="liferay-state-of-the-window",
        ),
        pytest.param("https://sonumitooja.ee/krii%C2%ADsi%C2%ADplaan/", "https://sonumitooja.ee/kriisiplaan", id="shy"),
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
        pytest.param("https://tai.ee/leht?lang=et", "https://tai.ee/leht?lang=en", id="language"),
        pytest.param("https://tai.ee/et/leht", "https://tai.ee/leht", id="language-in-the-path"),
        pytest.param(
            "https://juridica.ee/article.php?uri=2012_1_a",
            "https://juridica.ee/article_full.php?uri=2012_1_a",
            id="abstract-and-full-text",
        ),
        pytest.param("https://sisu.ut.ee/kash/?p=270", "https://sisu.ut.ee/kash/?p=271", id="number-of-a-post"),
        pytest.param("https://a.ee/web?_101_urlTitle=x", "https://a.ee/web?_101_urlTitle=y", id="liferay-by-parameter"),
        pytest.param("https://a.ee/index.php/node/1", "https://a.ee/index.php/node/2", id="behind-a-front-controller"),
        pytest.param("https://a.ee/uus-index.html", "https://a.ee/", id="a-file-that-only-ends-so"),
    ],
)
def test_different_pages_stay_different(one: str, other: str) -> None:
    assert canonical_key(one) != canonical_key(other)


@given(
    st.lists(
        st.sampled_from(["/index.php", "/default.aspx", ";jsessionid=", "o\u0308", "/-/", "p_p_id", "%3B"])
        | st.text(alphabet="abcõü%2F/\\?&=#+.-_~ 1\ud800", max_size=12),
        max_size=6,
    ).map("".join)
)
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
