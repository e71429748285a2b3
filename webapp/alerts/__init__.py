"""Saved searches by e-mail: the pages, the mails, and who sends them when (`webapp.alerts.sending`)."""

from webapp.alerts.desk import Desk, Sender, desk_of
from webapp.alerts.postman import postman_of
from webapp.alerts.views import alert_url, blueprint

__all__ = ["Desk", "Sender", "alert_url", "blueprint", "desk_of", "postman_of"]
