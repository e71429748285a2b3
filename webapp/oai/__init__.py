"""Records for those who harvest us: a provider of OAI-PMH 2.0 (https://www.openarchives.org/OAI/openarchivesprotocol.html).

What a record holds and when it changed, the catalogue says (`aardekast.records`); here is only how that is asked for.
"""

from webapp.oai.repository import Repository
from webapp.oai.views import blueprint

__all__ = ["Repository", "blueprint"]
