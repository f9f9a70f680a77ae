"""The table of word counts: what it answers, how it is built, and that the bundled one is as the rules are."""

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from search.analysis.fold import PLAIN_ARABIC, fold
from search.analysis.lexicon.building import count_words
from search.analysis.lexicon.frequencies import (
    ALEF_MAKSURA_LAST,
    COMMON,
    HAMZA_BELOW_FIRST,
    HAMZA_FIRST,
    TEH_MARBUTA_LAST,
    FrequencyTable,
)
from search.analysis.particle_rules import ParticleRules
from search.errors import LexiconError


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A small archive in the form of ../shared/news."""
    folder = tmp_path / "news"
    folder.mkdir()
    rows = [
        {"title": "الوزير", "body": "قال الوزير إن وزيرًا آخر قال، والوزير قال"},
        {"title": None, "body": "المدرسة والمدرسه مدرسة مدرسة مدرسة CNN 2017 وزير وزير وزير"},
        {"title": "", "body": "إعلام إعلام إعلام اعلام مستشفى مستشفى مستشفي وقال وقال وقال نادر"},
    ]
    with gzip.open(folder / "a.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    with zipfile.ZipFile(folder / "b.zip", "w") as files:
        files.writestr("one.txt", "قال الوزير".encode("cp1256"))
    return folder


@pytest.fixture
def table(archive: Path, tmp_path: Path) -> FrequencyTable:
    out = tmp_path / "counts.marisa"
    assert count_words.main([str(archive), str(out)]) == 0
    return FrequencyTable.load(out)


def test_words_are_counted_folded_in_all_files(table: FrequencyTable) -> None:
    assert table.count("قال") == 4
    assert table.count("الوزير") == 3
    assert table.count("مدرسه") == 3


def test_rare_words_numbers_and_other_scripts_are_left_out(table: FrequencyTable) -> None:
    assert [table.count(word) for word in ("نادر", "cnn", "2017", "")] == [0, 0, 0, 0]


def test_the_table_knows_how_most_writers_spell_the_ends_of_a_word(table: FrequencyTable) -> None:
    assert table.spelling("مدرسه") == TEH_MARBUTA_LAST
    assert table.spelling("مستشفي") == ALEF_MAKSURA_LAST
    assert table.spelling("اعلام") == HAMZA_FIRST | HAMZA_BELOW_FIRST
    assert table.spelling("قال") == table.spelling("مجهول") == 0


def test_the_table_keeps_the_decision_about_particles(table: FrequencyTable) -> None:
    assert table.decision("الوزير") != table.decision("وزير") != 0
    assert ParticleRules(table).split("الوزير", "الوزير").rest == "وزير"


def test_the_same_archive_gives_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    count_words.main([str(archive), str(first)])
    count_words.main([str(archive), str(second)])
    assert first.read_bytes() == second.read_bytes()
    made = ["first", "first.common.txt", "second", "second.common.txt"]
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == made


def test_the_commonest_words_of_a_table_are_listed_beside_it(archive: Path, tmp_path: Path) -> None:
    with gzip.open(archive / "c.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"title": "", "body": "سفينة " * 12_000 + "زورق " * 9_000 + "ميناء " * 20_000}))
    made = tmp_path / "made.marisa"
    count_words.main([str(archive), str(made)])
    table = FrequencyTable.load(made)
    assert [word for word, _ in table.common] == ["ميناء", "سفينه"]
    assert table.common == FrequencyTable.of([(word, table.count(word), 0) for word in table.words()]).common
    assert made.with_suffix(".common.txt").read_text(encoding="utf-8").split() == ["ميناء", "سفينه"]


def test_the_bundled_list_has_all_words_of_the_bundled_table_that_are_so_common() -> None:
    bundled = FrequencyTable.load()
    assert {word for word, _ in bundled.common} == {word for word in bundled.words() if bundled.count(word) >= COMMON}
    assert len(bundled.common) > 200


def test_wrong_usage_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert count_words.main([]) == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize("count", [1, 2, 5, 77, 1000, 123456, 3_000_000])
def test_counts_are_within_six_per_cent(count: int) -> None:
    kept = FrequencyTable.of([("كلمة", count, 0)]).count("كلمة")
    assert abs(kept - count) <= max(0.065 * count, 0.5)


def test_the_fingerprint_is_that_of_the_bytes(table: FrequencyTable) -> None:
    bundled = FrequencyTable.load()
    assert bundled.fingerprint == FrequencyTable.load().fingerprint != table.fingerprint
    assert bundled.count("في") > bundled.count("وزير") > bundled.count("وزيرتان")


@pytest.mark.parametrize("content", [None, b"", b"no table"])
def test_a_table_that_cannot_be_read_is_an_error_with_a_remedy(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "broken.marisa"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LexiconError, match="reinstall"):
        FrequencyTable.load(path)


def test_the_bundled_table_holds_folded_words_with_the_splits_that_its_counts_give() -> None:
    bundled = FrequencyTable.load()
    rows = [(word, bundled.count(word), bundled.spelling(word)) for word in bundled.words()]
    particles = ParticleRules(FrequencyTable.of(rows))
    assert len(rows) > 100_000
    assert [word for word, *_ in rows if not PLAIN_ARABIC.fullmatch(word) or fold(word) != word] == []
    for word, _, flags in rows[::5]:
        assert bundled.decision(word) == count_words.decision(word, flags, particles), word
