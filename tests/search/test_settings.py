"""Settings come from options, the environment, a TOML file and defaults, in this order; bad ones say what to do."""

import json
import os
from pathlib import Path

import pytest

from search.article import Article
from search.errors import SettingsError
from search.ranking.profile import load_profile
from search.settings import Settings, load_settings
from tests.indexer.archives import kashaf
from tests.small_index import build_index

_COMMANDS = [
    *(("index", __file__), ("reindex", __file__), ("delete", "a"), ("rollback",), ("verify",), ("search", "x")),
    *(("suggest", "x"), ("related", "a"), ("compare", "x"), ("coverage",), ("info",), ("serve",)),
    ("batch", __file__, "--output", os.devnull),
]


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


_NUMBERS = [("port", 99999), ("port", -1), ("port", 1.5), ("port", True), ("threads", 0), ("threads", 10**9)]
_TEXTS = [("host", ""), ("host", "a b"), ("title", ""), ("title", " "), ("title", "a\nb"), ("index", "")]
_TEXTS += [("public_address", "news.example.org"), ("public_address", "https://a.example/?q"), ("trusted_hosts", "a;b")]
_TEXTS += [
    ("crawling", "all"),
    ("cors_origins", "a.example"),
    ("cors_origins", "https://a.example/x"),
    ("metrics", "maybe"),
]
_NULS = [("index", "a\0"), ("title", "\0"), ("lexicon", "\0"), ("profile", "a\0b")]
_KINDS = [("title", 3), ("lexicon", 1), ("profile", []), ("access_log", "maybe"), ("access_log", 2), ("index", {})]


@pytest.mark.parametrize(("name", "value"), [*_NUMBERS, *_TEXTS, *_NULS, *_KINDS])
def test_a_value_that_cannot_be_is_one_sentence_wherever_it_stands(tmp_path: Path, name: str, value: object) -> None:
    file = tmp_path / "kashaf.toml"
    written = json.dumps(value) if value != {} else "{}"
    file.write_text(f"{name} = {written}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=rf"^{name} = .* in settings file .*kashaf\.toml: give [^\n]+$"):
        load_settings({"KASHAF_CONFIG": str(file)})
    with pytest.raises(SettingsError, match=rf"^{name} = .* in the command line: give "):
        load_settings({}, **{name: value})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        *(("PORT", text) for text in ("99999", "-1", "8000x", "nan")),
        *(("THREADS", text) for text in ("0", "-3", "2.5", "257")),
        *(("HOST", " "), ("TITLE", "\t"), ("ACCESS_LOG", "perhaps")),
    ],
)
def test_a_variable_that_cannot_be_is_one_sentence(variable: str, value: str) -> None:
    with pytest.raises(
        SettingsError, match=rf"^{variable.lower()} = .* in the environment \(KASHAF_{variable}\): give "
    ):
        load_settings({f"KASHAF_{variable}": value})


def test_variables_are_written_as_text() -> None:
    found = load_settings({"KASHAF_PORT": "1", "KASHAF_THREADS": "256", "KASHAF_ACCESS_LOG": "0"})
    assert (found.port, found.threads, found.access_log) == (1, 256, False)


def test_a_number_in_quotes_is_no_number_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "kashaf.toml"
    file.write_text('port = "8000"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="port = '8000'"):
        load_settings({"KASHAF_CONFIG": str(file)})


def test_a_directory_in_the_place_of_the_file_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kashaf.toml").mkdir()
    monkeypatch.chdir(tmp_path)
    for environ in ({}, {"KASHAF_CONFIG": "kashaf.toml"}):
        with pytest.raises(SettingsError, match=r"kashaf\.toml cannot be read \(Is a directory\)"):
            load_settings(environ)


def test_a_missing_lexicon_is_an_error_before_an_index_is_begun(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("خبر\nنص", encoding="utf-8")
    for name, lexicon in (("none there", tmp_path / "none"), ("no table", text)):
        place = tmp_path / name
        for given in (("--lexicon", lexicon), ()):
            printed = kashaf("index", text, "--index", place, *given, KASHAF_LEXICON=str(lexicon))
            assert printed.returncode == 1 and str(lexicon) in printed.stderr
            assert len(printed.stderr.splitlines()) == 1 and not place.exists()


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_a_file_of_names_that_was_named_must_be_there(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings({}).names == Path("names.toml")  # the usual one need not
    Path("kashaf.toml").write_text(f'names = "{name}"\n', encoding="utf-8")
    for environ in ({}, {"KASHAF_NAMES": name}):
        with pytest.raises(SettingsError, match=rf"^names = '{name}' is no file: make it, [^\n]+$"):
            load_settings(environ)
    Path("names.toml").write_text("", encoding="utf-8")
    assert load_settings({"KASHAF_NAMES": "names.toml"}).names == Path("names.toml")


@pytest.mark.parametrize("command", _COMMANDS, ids=lambda command: command[0])
def test_every_command_fails_where_the_file_of_names_is_missing(tmp_path: Path, command: tuple[str, ...]) -> None:
    place = tmp_path / "index"
    build_index(place, [Article("a", "", "القمح")])
    printed = kashaf(*command, "--index", place, KASHAF_NAMES=str(tmp_path / "missing.toml"))
    assert printed.returncode == 1 and printed.stdout == ""
    assert len(printed.stderr.splitlines()) == 1
    assert "missing.toml" in printed.stderr and "take the setting away" in printed.stderr


@pytest.mark.parametrize(
    "weight",
    [
        *(f"stem = {value}" for value in ("nan", "inf", "-inf", "-1", "true", "'1'", "1e999", "[]")),
        *(f"near_slop = {value}" for value in ("2.5", "0", "-1", "true", "nan")),
        *(f"half_life = {value}" for value in ("0", "nan", "-3", "inf")),
        *("common = 1.5", "everywhere = -0.1", "[stem]\nx = 1"),
    ],
)
def test_a_weight_that_cannot_be_is_one_sentence(tmp_path: Path, weight: str) -> None:
    file = tmp_path / "weights.toml"
    file.write_text(weight, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"^\w+ = .* in ranking profile .*weights\.toml: give [^\n]+$"):
        load_profile(str(file))


def test_weights_are_taken(tmp_path: Path) -> None:
    file = tmp_path / "weights.toml"
    file.write_text("stem = 2\nnear_slop = 5\nrecency = 0.5\nhalf_life = 30\n", encoding="utf-8")
    found = load_profile(str(file))
    assert (found.stem, found.near_slop, found.recency, found.half_life) == (2.0, 5, 0.5, 30.0)


@pytest.mark.parametrize("name", ["none.toml", ".", "a\0b"])
def test_a_profile_that_is_not_there_is_named(name: str) -> None:
    with pytest.raises(SettingsError, match=r"ranking profile .* cannot be read .* name a TOML file or news"):
        load_profile(name)


def test_a_named_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="unset KASHAF_CONFIG"):
        load_settings({"KASHAF_CONFIG": str(tmp_path / "none.toml")})


@pytest.mark.skipif(os.name != "posix", reason="other systems say otherwise that a name is too long")
def test_an_index_or_a_lexicon_with_too_long_a_name_is_told() -> None:
    long = "x" * 300
    with pytest.raises(SettingsError, match="x' has too long a name for this system: give"):
        load_settings({}, index=long)
    with pytest.raises(SettingsError, match="is no file"):
        load_settings({}, lexicon=long)
