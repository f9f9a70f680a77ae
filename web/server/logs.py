"""What `kashaf serve` writes on standard error, and how. Called by `web/commands.py`, and no other sets up logging.

One line an event, its moment first: `2026-11-25T21:03:18+0300 WARNING kashaf.index …`; requests without the words.
"""

from __future__ import annotations

import logging
import logging.config

_MOMENT = "%Y-%m-%dT%H:%M:%S%z"


def set_up_logging(*, access: bool) -> None:
    """Logs requests too if `access`; what waitress says of its queue is left out: a busy minute is no event."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "event": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s", "datefmt": _MOMENT},
                "request": {"format": "%(asctime)s %(message)s", "datefmt": _MOMENT},
            },
            "handlers": {
                "events": {"class": "logging.StreamHandler", "formatter": "event"},
                "requests": {"class": "logging.StreamHandler", "formatter": "request"},
            },
            "loggers": {
                "kashaf.access": {
                    "level": "INFO" if access else "WARNING",
                    "handlers": ["requests"],
                    "propagate": False,
                },
                "kashaf": {"level": "INFO"},
                "waitress.queue": {"level": "ERROR"},
            },
            "root": {"level": "WARNING", "handlers": ["events"]},
        }
    )
