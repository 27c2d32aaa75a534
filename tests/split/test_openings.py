"""The marks at which a dateline ends."""

from hypothesis import given
from hypothesis import strategies as st

from newsspider.split.openings import _MARK, _every_mark


@given(st.text(alphabet="aB5 \n.,-–—:।|/)»"))
def test_marks_are_tried_wherever_one_can_stand(text: str) -> None:
    tried = [(match.span(), match.lastgroup) for match in _every_mark(text)]
    assert tried == [(match.span(), match.lastgroup) for match in _MARK.finditer(text)]
