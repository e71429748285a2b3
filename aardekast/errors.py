"""Every exception that Aardekast raises on purpose.

AardekastError
├── SettingsError               a setting that cannot be used
├── CuratedFileError            faults in resources.yaml or vocabulary.yaml
├── ImportFileError             a table of materials that cannot be read, or has faults
├── CatalogueError              the database cannot be opened or is newer than this program
├── UnknownResourceError        an id that the catalogue does not hold
├── UnknownSourceError          a source id that resources.yaml does not hold
├── UnknownLetterError          the id of a suggestion or report that does not wait
├── InboxError                  what a visitor sent cannot be kept just now
├── RecordsError                the records that others harvest cannot be read just now
├── ProtocolError               a question in OAI-PMH that has no answer
├── MailError                   a mail was not taken just now; it may be sent again
│   ├── AddressRejectedError    a server refuses an address for good
│   └── MailServerError         the mail server takes no mail at all: away, or it refuses us
├── ExportError                 an export would overwrite what is none, or cannot be written
├── LockedError                 another refresh is under way
├── LanguageToolError           Vabamorf cannot be loaded
├── IndexMissingError           there is no index yet, or it cannot be read
├── IndexTooLargeError          more than one segment of an index can hold
└── HarvestError                a harvest cannot start at all
    ├── AddressRefusedError     an address the harvester must not reach
    ├── HostUnreachableError    nobody answers there; its other addresses are not tried in this run
    ├── HostBusyError           a host asked us to wait; its other addresses are not tried in this run
    ├── NotFetchedError         an address that a spider wanted at once could not be had
    └── StoppedError            the run is ending
"""


class AardekastError(Exception):
    """The base of them all; its message says what is wrong, where, and what to do."""

    exit_code = 2


class SettingsError(AardekastError):
    """A setting has a value that cannot be used."""


class CuratedFileError(AardekastError):
    """The curators' files have faults; the message lists them all, one a line."""


class ImportFileError(AardekastError):
    """A table of materials cannot be imported; the message lists what is wrong, a line each as `file:row: ...`."""


class CatalogueError(AardekastError):
    """The catalogue cannot be opened."""


class UnknownResourceError(AardekastError):
    """No resource of that id is in the catalogue."""


class UnknownSourceError(AardekastError):
    """No source of that id is in resources.yaml."""


class UnknownLetterError(AardekastError):
    """No suggestion or report of that id waits."""


class InboxError(AardekastError):
    """What a visitor sent cannot be kept just now."""


class RecordsError(AardekastError):
    """The records that others harvest cannot be read just now."""


class ProtocolError(AardekastError):
    """A question in OAI-PMH that has no answer; `code` is the protocol's own word for why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class MailError(AardekastError):
    """A mail was not taken just now; it may be sent again."""


class AddressRejectedError(MailError):
    """A mail server refuses the address of a mail for good."""


class MailServerError(MailError):
    """The mail server takes no mail at all: it cannot be reached, or it refuses who sends."""


class ExportError(AardekastError):
    """An export would overwrite what is not one, or what somebody put into one; or it cannot be written."""


class LockedError(AardekastError):
    """Another process holds the lock of this state folder."""

    exit_code = 4


class LanguageToolError(AardekastError):
    """Vabamorf, without which no Estonian word can be analysed, cannot be loaded."""


class IndexMissingError(AardekastError):
    """No generation of the index has been published yet, or it cannot be read."""


class IndexTooLargeError(AardekastError):
    """More documents, or more different words, than one segment of an index can number."""


class HarvestError(AardekastError):
    """A harvest cannot start at all."""


class AddressRefusedError(HarvestError):
    """An address that the harvester must not reach."""


class HostUnreachableError(HarvestError):
    """The host is not known, or does not answer."""


class HostBusyError(HarvestError):
    """The host asked us to wait longer than a run should."""


class NotFetchedError(HarvestError):
    """An address could not be had; `outcome` and `reason` as in a Reason."""

    def __init__(self, url: str, outcome: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url, self.outcome, self.reason = url, outcome, reason


class StoppedError(HarvestError):
    """No more requests are made in this run."""

    exit_code = 1
