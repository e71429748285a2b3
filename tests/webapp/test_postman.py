"""Who sends what waits: one delivery for each wake, whatever became of the one before."""

import pytest

from webapp.alerts.postman import Postman

PATIENCE = 20.0  # seconds for what another thread does; a fault, where it is not done by then


def test_a_delivery_that_fails_is_not_the_last(caplog: pytest.LogCaptureFixture) -> None:
    delivered: list[int] = []

    def deliver() -> None:
        delivered.append(len(delivered))
        if len(delivered) == 1:
            raise RuntimeError("a template of ours is broken")

    postman = Postman(deliver)
    try:
        for _ in range(2):
            postman.wake()
            assert postman.wait(PATIENCE)
        assert len(delivered) == 2
    finally:
        postman.close()
    assert "a template of ours is broken" in caplog.text
