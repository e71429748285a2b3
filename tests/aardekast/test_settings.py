from ipaddress import ip_network

import pytest

from aardekast.errors import SettingsError
from aardekast.settings import SETTINGS, Settings


def test_every_setting_has_a_default_that_can_be_read() -> None:
    settings = Settings.load({})
    assert (settings.delay, settings.port, settings.allow_private) == (1.0, 8000, ())


def test_the_environment_sets_and_an_option_wins() -> None:
    environ = {"AARDEKAST_PORT": "9000", "AARDEKAST_DELAY": "0.5"}
    assert Settings.load(environ).port == 9000
    assert Settings.load(environ, port=9001).port == 9001
    assert Settings.load(environ, port=None).delay == 0.5


def test_one_allows_loopback_and_a_list_its_networks() -> None:
    assert ip_network("127.0.0.0/8") in Settings.load({"AARDEKAST_ALLOW_PRIVATE": "1"}).allow_private
    networks = Settings.load({"AARDEKAST_ALLOW_PRIVATE": "10.0.0.0/8, fd00::/8"}).allow_private
    assert networks == (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "70000"),
        ("DELAY", "-1"),
        ("ALLOW_PRIVATE", "yes"),
        ("WORKERS", "0"),
        ("HOME", ""),
        ("HOURS", "22"),
        ("HOURS", "6-6"),
        ("HOURS", "22-30"),
        ("FULL_EVERY", "0"),
    ],
)
def test_a_bad_value_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"AARDEKAST_{name}="):
        Settings.load({f"AARDEKAST_{name}": value})


def test_every_setting_has_a_help_text() -> None:
    assert all(setting.help.endswith(".") for setting in SETTINGS)
