"""Saved searches by e-mail: the pages, the mails, and who sends them when."""

from webapp.alerts.desk import Desk, Sender, desk_of
from webapp.alerts.sending import Round, send_round
from webapp.alerts.views import alert_url, blueprint

__all__ = ["Desk", "Round", "Sender", "alert_url", "blueprint", "desk_of", "send_round"]
