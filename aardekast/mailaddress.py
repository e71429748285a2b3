"""E-mail addresses: which can be sent to, how one is written to be compared, and whose mailbox it is."""

from __future__ import annotations

import re

LONGEST = 254  # RFC 5321, with its errata
_LONGEST_LOCAL = 64
# RFC 5321's Dot-string. Quoted names are allowed there and used by nobody; a comma or a bracket is a slip of the hand.
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")


def normalised_address(typed: str) -> str:
    """The address with its domain in small ASCII letters (IDNA), as servers take it; empty where it is none.

    The part before the @ stays as it was typed: only its own server knows whether capitals matter.
    """
    local, at, domain = typed.strip().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode().lower()
    except UnicodeError:
        return ""
    if not at or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(ascii_domain):
        return ""
    address = f"{local}@{ascii_domain}"
    return address if len(local) <= _LONGEST_LOCAL and len(address) <= LONGEST else ""


def mailbox_of(address: str) -> str:
    """What all spellings of one mailbox have in common: small letters, without what stands after a plus."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"
