"""What the sample's topics and judgments promise: every topic can be answered, every judgment points at an article."""

import re
from collections import Counter

import pytest

from tests.corpus.sample import HARAKAT, read_judgments, read_rows, read_topics

TOPICS = read_topics()
JUDGMENTS = read_judgments()


def test_there_are_twenty_five_topics_each_its_own_query() -> None:
    assert len(TOPICS) == 25
    assert len(set(TOPICS.values())) == 25


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_an_article_that_answers_it_and_a_near_miss(topic: str) -> None:
    grades = Counter(judgment.grade for judgment in JUDGMENTS if judgment.topic == topic)
    assert grades[2] >= 1
    assert grades[0] >= 1
    assert set(grades) <= {0, 1, 2}


def test_every_judgment_names_a_topic_and_an_article_once() -> None:
    articles = {row["id"] for row in read_rows()}
    assert {judgment.topic for judgment in JUDGMENTS} == set(TOPICS)
    assert {judgment.article for judgment in JUDGMENTS} <= articles
    assert len({(judgment.topic, judgment.article) for judgment in JUDGMENTS}) == len(JUDGMENTS)


def test_queries_are_typed_as_readers_type_without_marks_or_operators() -> None:
    for query in TOPICS.values():
        assert re.search(f'[{HARAKAT}ـ"=()|*~:-]', query) is None
    assert sum(query.endswith("؟") for query in TOPICS.values()) >= 2
