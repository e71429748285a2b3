"""What the links in mails carry: signed, so that nothing of them is kept and only who reads the mails has them."""

from __future__ import annotations

import hashlib

from itsdangerous import BadSignature, Signer, TimestampSigner

from aardekast.alerts import ASKED_FOR, Rhythm


class Tokens:
    """Made with the key that signs the forms; a token of one kind is none of the other."""

    def __init__(self, key: bytes) -> None:
        self._confirming = TimestampSigner(key, salt="aardekast.alerts.confirm", digest_method=hashlib.sha256)
        self._leaving = Signer(key, salt="aardekast.alerts.leave", digest_method=hashlib.sha256)

    def to_confirm(self, alert_id: int, rhythm: Rhythm) -> str:
        """For the link that confirms a wish; it holds as long as the wish waits."""
        return self._confirming.sign(f"{alert_id}-{rhythm}").decode()

    def confirming(self, token: str) -> tuple[int, Rhythm] | None:
        """The alert and the rhythm that was wished; None of a token that is not ours, or too old."""
        try:
            signed = self._confirming.unsign(token, max_age=int(ASKED_FOR.total_seconds())).decode()
        except BadSignature:
            return None
        number, _, rhythm = signed.partition("-")
        return int(number), Rhythm(rhythm)

    def to_leave(self, alert_id: int) -> str:
        """For the link that ends an alert; it holds for ever, as old mails do."""
        return self._leaving.sign(str(alert_id)).decode()

    def leaving(self, token: str) -> int | None:
        """The alert; None of a token that is not ours."""
        try:
            return int(self._leaving.unsign(token))
        except BadSignature:
            return None
