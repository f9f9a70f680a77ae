"""The exceptions that Kashaf raises for its users; each has a sentence that names the value and the remedy.

KashafError                     the commands print the sentence and end with exit status 1
├── SettingsError               a setting, environment variable or TOML file cannot be used
├── IndexStateError             the index directory is not what the command needs
│   ├── IndexMissing            there is no index there yet
│   ├── IndexForeign            the directory holds something else
│   ├── IndexOutdated           made by another analyser or format version: reindex
│   ├── IndexDamaged            its files cannot be read
│   │   └── ManifestLost        the manifest, which names the generation that is served, is missing or damaged
│   ├── IndexForbidden          this user may not read or write its files
│   ├── PruneRefused            too many articles have vanished from their sources (indexer/report.py)
│   ├── SwapRefused             a rebuilt index was not swapped in: it holds too little (indexer/report.py)
│   └── IndexBusy               another process is writing to it
├── EngineError                 an engine refused: wraps the engine's own exception
│   ├── EngineMissing           unknown name, or its library is not installed
│   ├── Unsupported             this engine declares that it cannot do what was asked
│   ├── StorageFull             no space left while writing
│   ├── ClusterUnreachable      no machine of the engine answers, or none in time
│   │   └── ClusterIncomplete   a part of the index does not answer, and the rest alone would look whole
│   ├── ClusterRefused          a cluster does not accept the login, or does not allow what was asked
│   └── ClusterTooOld           the server is another product, or an earlier version than this program needs
├── LibraryMissing              a library that only some commands need is not installed
├── WorkerLost                  a process that helps the indexer was ended from outside
├── SourceError                 nothing can be read from a path given to the indexer
├── RequestError                a search request that cannot be served (page 0, unknown sort …)
└── LexiconError                a table of the analyser cannot be read
"""

_SHOWN = 80  # characters of a value that a sentence repeats


def shown(value: object) -> str:
    """Return a value as a sentence names it: quoted, without line breaks, and only its beginning if it is long."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


class KashafError(Exception):
    """Base of all errors whose message is a sentence for the user."""


class SettingsError(KashafError):
    """A setting cannot be used."""


class IndexStateError(KashafError):
    """The index directory is not what the command needs."""


class IndexMissing(IndexStateError):
    """There is no index in this directory."""


class IndexForeign(IndexStateError):
    """The directory holds something that is not a Kashaf index."""


class IndexOutdated(IndexStateError):
    """The index was made by another analyser or format version."""


class IndexDamaged(IndexStateError):
    """The files of the index cannot be read."""


class ManifestLost(IndexDamaged):
    """The manifest is missing or cannot be read, and generations may lie there."""


class IndexForbidden(IndexStateError):
    """This user may not read or write the files of the index."""


class IndexBusy(IndexStateError):
    """Another process is writing to this index."""


class EngineError(KashafError):
    """An engine refused; raised from the engine's own exception."""


class EngineMissing(EngineError):
    """Unknown engine, or its library is not installed."""


class Unsupported(EngineError):
    """The engine declares that it cannot do what was asked."""


class StorageFull(EngineError):
    """No space was left while writing."""


class ClusterUnreachable(EngineError):
    """No machine of the cluster that holds the index answers."""


class ClusterIncomplete(ClusterUnreachable):
    """A part of the index does not answer, and what was asked for needs all of it."""


class ClusterRefused(EngineError):
    """A cluster does not accept the login, or does not allow what was asked."""


class ClusterTooOld(EngineError):
    """The server is another product, or an earlier version than this program needs."""


class LibraryMissing(KashafError):
    """A library that only some commands need is not installed."""


class WorkerLost(KashafError):
    """A process that helps the indexer was ended from outside."""


class SourceError(KashafError):
    """Nothing can be read from a path given to the indexer."""


class RequestError(KashafError):
    """A search request that cannot be served as asked."""


class LexiconError(KashafError):
    """A table of the analyser cannot be read."""
