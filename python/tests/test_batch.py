"""Rows of a batch, without a trainer."""

from maskview._batch import of_batch


def test_a_row_that_begins_inside_a_document_keeps_its_start():
    batch = {"input_ids": [[1, 2, 3, 4]], "labels": [[1, 2, 3, 4]], "position_ids": [[7, 8, 0, 1]]}
    assert [row["input_ids"] for row in of_batch(batch)] == [[1, 2], [3, 4]]


def test_trained_padding_before_the_text_is_kept_whatever_says_so():
    batch = {"input_ids": [[0, 0, 5, 6]], "attention_mask": [[0, 0, 1, 1]]}
    for name, mask in [("labels", [0, -100, 5, 6]), ("loss_mask", [1, 0, 1, 1]), ("assistant_masks", [0, 1, 0, 1])]:
        (row,) = of_batch({**batch, name: [mask]})
        assert row["input_ids"] == [0, 0, 5, 6], name
    (row,) = of_batch({**batch, "loss_mask": [[0, 0, 0, 1]]})
    assert row["input_ids"] == [5, 6]


def test_positions_of_another_shape_are_no_column():
    batch = {"input_ids": [[1, 2], [3, 4]], "labels": [[1, 2], [3, 4]]}
    for positions in ([[0, 1]], [[[0, 1], [0, 1]]] * 3, [[0, 1]] * 3):
        rows = list(of_batch({**batch, "position_ids": positions}))
        assert rows == [{"input_ids": [1, 2], "labels": [1, 2]}, {"input_ids": [3, 4], "labels": [3, 4]}]
