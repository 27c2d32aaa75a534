"""Words in class names."""

from newsspider.split.classwords import ClassWords


def test_words_are_found_however_often_they_are_asked_for() -> None:
    words = ClassWords(r"(?<![a-z])tags?(?![a-z])")
    assert [words.search(classes) for classes in ("list tags", "stage", "list tags")] == [True, False, True]
