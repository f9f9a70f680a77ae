"""Settings come from options, the environment, a TOML file and defaults, in this order; bad ones say what to do."""

from pathlib import Path

import pytest

from search.errors import SettingsError
from search.settings import Settings, load_settings


def test_defaults() -> None:
    assert load_settings({"KASHAF_CONFIG": ""}) == Settings()


def test_an_option_beats_the_environment_and_that_beats_the_file(tmp_path: Path) -> None:
    file = tmp_path / "kashaf.toml"
    file.write_text('port = 1\nhost = "a"\ntitle = "t"\n', encoding="utf-8")
    found = load_settings({"KASHAF_CONFIG": str(file), "KASHAF_PORT": "2", "KASHAF_HOST": "b"}, port=3, host=None)
    assert (found.port, found.host, found.title) == (3, "b", "t")


def test_the_index_is_a_path() -> None:
    assert load_settings({"KASHAF_INDEX": "/x/y"}).index == Path("/x/y")


@pytest.mark.parametrize(
    ("content", "said"),
    [("port = ", "cannot be read"), ("speed = 3", "unknown setting 'speed'"), ('port = "many"', "port = 'many'")],
)
def test_a_bad_file_is_named_with_its_fault(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "kashaf.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        load_settings({"KASHAF_CONFIG": str(file)})


def test_a_named_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="unset KASHAF_CONFIG"):
        load_settings({"KASHAF_CONFIG": str(tmp_path / "none.toml")})
