"""The settings in force for engines that need some: the addresses of a cluster, for example.

A command that has an option for one of them tells its settings here; where nothing was told, they are those of the
environment and of the settings file. Called by the commands of `indexer`, and by engines.
"""

from __future__ import annotations

from search.settings import Settings, load_settings

_told: Settings | None = None


def tell(settings: Settings | None) -> None:
    """Have engines of this process use these settings; None: those of the environment and of the settings file."""
    global _told
    _told = settings


def in_force() -> Settings:
    """Return the settings that were told, else those of the environment. Raises SettingsError."""
    return _told or load_settings()
