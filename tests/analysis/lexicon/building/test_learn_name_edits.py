"""The weights of name edits: how they are learned, and how they are judged."""

from pathlib import Path

import numpy as np

from search.analysis.lexicon.building.learn_name_edits import Names, b_cubed, fit, matrix


def test_b_cubed_is_one_where_all_spellings_of_a_name_match_and_no_others(tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    path.write_text("paris\tباريس\nparis\tباري\nlondon\tلندن\n", encoding="utf-8")
    names = Names.read(path)
    assert b_cubed(names, [("باري", "باريس")]) == (1.0, 1.0, 1.0)
    precision, recall, _ = b_cubed(names, [])
    assert (precision, round(recall, 3)) == (1.0, 0.667)


def test_a_label_of_pairs_that_are_one_name_gets_a_positive_weight() -> None:
    labels = [("جغ",)] * 20 + [("رل",)] * 20
    same = [1.0] * 18 + [0.0] * 2 + [0.0] * 18 + [1.0] * 2
    columns = ["جغ", "رل"]
    found = fit(matrix(labels, columns), np.array(same), lasso=0.0, ridge=0.5)
    weights = dict(zip([*columns, "bias"], found, strict=True))
    assert weights["جغ"] > 1
    assert weights["رل"] < -1
