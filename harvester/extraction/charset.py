"""Bytes into text, whatever the page declares. Estonian pages of twenty years ago declare what they are not."""

from __future__ import annotations

import codecs
import re

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, resolve_encoding

# What Estonian pages without (or with a wrong) declaration turn out to be; the last is Russian.
_GUESSES = ("windows-1257", "iso-8859-13", "iso-8859-15", "windows-1251")
_EXPECTED = re.compile(r"[õäöüšžÕÄÖÜŠŽ„“”–]|(?<![А-я])[А-Яа-яё][а-яё]+(?![А-я])")
# Signs that a wrong decoding leaves inside words: controls, Icelandic letters, accents and fractions on their own.
_ODD = re.compile(
    r"[\x80-\x9f\ufffd]|[ðþÐÞ]|(?<=\w)[¨¸´¦¼½¾¹³²¿¡]|[¨¸´¦¼½¾¹³²¿¡](?=\w)|[À-ÿ]{3,}|[a-z][А-я]|[А-я][a-z]"
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(body: bytes, content_type: str = "") -> str:
    """The text of an HTML page.

    Bytes that are UTF-8 are UTF-8, whatever is declared: other text is never so by chance. Then what is declared,
    unless it leaves odd signs and one of the usual encodings leaves fewer.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as fault:
        if _is_cut_or_damaged(body, fault):
            return body.decode("utf-8", "replace")
    declared = _declared(body, content_type)
    candidates = dict.fromkeys((*declared, *_GUESSES))
    texts = [body.decode(encoding, "replace") for encoding in candidates]
    if declared and not _ODD.search(texts[0]):
        return texts[0]
    return max(texts, key=_plausibility)


def _declared(body: bytes, content_type: str) -> list[str]:
    found = (http_content_type_encoding(content_type), html_body_declared_encoding(body[:4096]))
    names = [name for encoding in found if encoding and (name := resolve_encoding(encoding))]
    # It is not UTF-8, as was just seen.
    return [name for name in names if codecs.lookup(name).name != "utf-8"]


def _is_cut_or_damaged(body: bytes, fault: UnicodeDecodeError) -> bool:
    """Whether it is UTF-8 all the same: a few bad bytes among many good sequences."""
    decoded = body.decode("utf-8", "replace")
    good = sum(ord(sign) > 0x7F and sign != "\ufffd" for sign in decoded)
    return good > 10 * decoded.count("\ufffd") or fault.start > len(body) - 4


def _plausibility(text: str) -> float:
    return len(_EXPECTED.findall(text)) - 3 * len(_ODD.findall(text))
