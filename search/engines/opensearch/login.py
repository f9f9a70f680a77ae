"""How a program proves to a cluster who it is: read from the environment or from a file, never from a command line.

In: the environment and the path of the file. Out: the value of the header `Authorization`. Called by `access.py`. What
is read here is shown nowhere: no message of this program and no log holds it.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from search.errors import SettingsError

USER: Final = "KASHAF_CLUSTER_USER"
PASSWORD: Final = "KASHAF_CLUSTER_PASSWORD"
TOKEN: Final = "KASHAF_CLUSTER_TOKEN"
_SCHEMES: Final = ("bearer ", "apikey ", "basic ")
_FORMS: Final = "user:password, or Bearer and a token, on its first line"


def authorization(environ: Mapping[str, str], file: str) -> str | None:
    """Return the value of the header `Authorization`; None where no login is given.

    A token of the environment wins, then a user with a password, then the file ("": none). Raises SettingsError.
    """
    if token := environ.get(TOKEN, "").strip():
        return _header(token if token.lower().startswith(_SCHEMES) else f"Bearer {token}", TOKEN)
    user, password = environ.get(USER, ""), environ.get(PASSWORD)
    if user and password is None:
        raise SettingsError(f"{USER} is set and {PASSWORD} is not: set both, or name a file with cluster_login")
    if user:
        return _basic(f"{user}:{password}", f"{USER} or {PASSWORD}")
    return _of_file(Path(file)) if file else None


def _of_file(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"cluster_login {str(path)!r} cannot be read: name a file that holds {_FORMS}") from error
    first = lines[0].strip() if lines else ""
    if first.lower().startswith(_SCHEMES):
        return _header(first, f"the file cluster_login {str(path)!r}")
    if ":" not in first:
        raise SettingsError(f"cluster_login {str(path)!r} holds no login: it should hold {_FORMS}")
    return _basic(first, f"the file cluster_login {str(path)!r}")


def _header(value: str, where: str) -> str:
    """The value, if a header can hold it; where: what it was read from."""
    if not (value.isascii() and value.isprintable()):
        raise SettingsError(f"{where} holds characters that no token has, such as a line break: write the token alone")
    return value


def _basic(login: str, where: str) -> str:
    if not login.isprintable():
        raise SettingsError(f"{where} holds an unprintable character, such as a line break: write the login alone")
    return "Basic " + base64.b64encode(login.encode()).decode()
