"""Tables of any length come in row by row, whatever program wrote them."""

import io
import json
from collections.abc import Iterator
from itertools import islice

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from casework.errors import Invalid
from casework.streaming import Stream, StreamRow, numbered_apart, open_stream, text_column


class Pipe(io.RawIOBase):
    """Bytes that come once, and are counted as they are taken."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        super().__init__()
        self.parts = parts
        self.held = b""
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, place: memoryview) -> int:  # type: ignore[override]
        held = self.held or next(self.parts, b"")
        part, self.held = held[: len(place)], held[len(place) :]
        place[: len(part)] = part
        self.taken += len(part)
        return len(part)


def whole(content: bytes) -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(content), 2**18)


def piped(content: bytes) -> io.BufferedReader:
    return io.BufferedReader(Pipe(iter([content])), max(2**18, len(content)))


def read(content: bytes, *, encoding: str | None = None) -> tuple[Stream, list[StreamRow]]:
    with open_stream(whole(content), encoding=encoding) as stream:
        return stream, list(stream.rows)


def texts(content: bytes, column: str = "text") -> list[object]:
    return [row.fields.get(column) for row in read(content)[1]]


@pytest.mark.parametrize(
    "content",
    [
        b'id,text\n1,"Great, fun"\n2,No\n',
        b"id;text\r\n1;Great, fun\r\n2;No\r\n",
        b"id\ttext\r1\tGreat, fun\r2\tNo",
        b"\n\nid|text\n\n1|Great, fun\n\n2|No\n",
        b"sep=;\nid;text\n1;Great, fun\n2;No",
        b'{"id": 1, "text": "Great, fun"}\n\n{"id": 2, "text": "No"}',
    ],
    ids=["commas", "semicolons", "tabs", "bars and blanks", "announced", "json lines"],
)
def test_the_same_table_however_it_is_written(content: bytes) -> None:
    stream, rows = read(content)
    assert stream.columns == ("id", "text")
    assert [row.fields["text"] for row in rows] == ["Great, fun", "No"]
    with open_stream(piped(content)) as stream:
        assert list(stream.rows) == rows


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_letters_of_every_unicode_encoding(encoding: str) -> None:
    assert texts("text,id\nSchön – ♥,1\n".encode(encoding)) == ["Schön – ♥"]


FRENCH = (
    "Très joli jeu, dommage que ça plante à chaque fois où l’écran s’éteint…",
    "J’adore l’ambiance de Noël, mais les contrôles répondent très mal.",
    "Une vraie déception : trop de publicités, même après l’achat.",
)


def test_letters_far_down_a_file_decide_its_encoding() -> None:
    content = "text;id\n" + "fine;1\n" * 200_000 + "".join(f"{said};2\n" for said in FRENCH)
    assert texts(content.encode("cp1252"))[-3:] == list(FRENCH)


def test_one_stray_letter_is_one_rows_problem_in_a_file_and_in_a_pipe() -> None:
    content = b"text\n" + "Schön\n".encode() * 100_000 + b"d\xe9j\xe0\n" + "Schön\n".encode()
    rows = read(content)[1]
    with open_stream(io.BufferedReader(Pipe(cut(content)), 2**18)) as stream:
        assert list(stream.rows) == rows
    assert [row.line for row in rows if row.problem] == [100_002]
    assert rows[100_000].problem == "it has letters that are not utf-8"
    assert rows[-1].fields["text"] == "Schön"


def test_a_named_encoding_is_taken_at_its_word() -> None:
    assert read(b"text\nd\xe9j\xe0\n", encoding="cp1252")[1][0].fields["text"] == "déjà"


def cut(content: bytes) -> Iterator[bytes]:
    return (content[at : at + 65_536] for at in range(0, len(content), 65_536))


def test_an_unknown_encoding_is_said() -> None:
    with pytest.raises(Invalid, match="“latin-99” is no encoding"):
        read(b"text\nfine\n", encoding="latin-99")


def test_a_pipe_is_read_only_as_far_as_rows_are_taken() -> None:
    pipe = Pipe(b"fine,1\n" * 10_000 for _ in range(1_000))
    pipe.parts = iter([b"text,id\n", *islice(pipe.parts, 1_000)])
    with open_stream(io.BufferedReader(pipe, 2**18)) as stream:
        assert len(list(islice(stream.rows, 5_000))) == 5_000
        assert pipe.taken < 2**20


def test_each_row_knows_its_line() -> None:
    _, rows = read(b'text,id\n"two\nlines",1\n\nlast,2\n')
    assert [(row.line, row.fields["text"]) for row in rows] == [(2, "two\nlines"), (5, "last")]


def test_short_rows_are_filled_and_long_ones_keep_what_is_beyond() -> None:
    _, rows = read(b"id,text\n1\n2,fun,but,short\n3,fun,,\n")
    assert rows[0].fields == {"id": "1", "text": ""}
    assert [row.beyond for row in rows] == [(), ("but", "short"), ()]


def test_columns_get_names_of_their_own() -> None:
    assert read(b"text,,text,text 2\na,b,c,d\n")[0].columns == (
        "text",
        "Column 2",
        "text 2",
        "text 2 2",
    )
    assert numbered_apart("words", {"words", "words 2"}.__contains__) == "words 3"


@pytest.mark.parametrize(
    "content",
    [
        b'text,id\nfine,1\n"open,2\nswallowed,3\n',
        b'text\n"open',
        b'text,id\nfine,1\n"open' + b"\nswallowed,3" * 1_600_000,
    ],
    ids=["some rows", "the last row", "a whole file"],
)
def test_an_open_quotation_mark_is_named_with_its_line(content: bytes) -> None:
    line = 3 if b"fine" in content else 2
    with pytest.raises(Invalid, match=f"begins at line {line}.* a quotation mark is opened"):
        read(content)


def test_a_cell_of_ten_megabytes_is_read() -> None:
    (cell,) = texts(b"text\n" + b"so good " * 1_250_000 + b"\n")
    assert len(str(cell)) == 10_000_000


def test_a_broken_line_of_json_is_one_rows_problem() -> None:
    _, rows = read(b'{"text": "fun"}\n{"text": "cut of\n[1]\n{"text": "end"}\n')
    assert [(row.line, bool(row.problem)) for row in rows] == [
        (1, False),
        (2, True),
        (3, True),
        (4, False),
    ]
    assert "no complete JSON object" in rows[1].problem


def test_json_keeps_what_is_within_and_what_comes_later() -> None:
    lines = [{"text": "fun", "by": {"id": 1}}] * 600 + [{"text": "end", "late": True}]
    stream, rows = read("\n".join(map(json.dumps, lines)).encode())
    assert stream.columns == ("text", "by")
    assert rows[0].fields["by"] == {"id": 1}
    assert rows[-1].fields == {"text": "end", "late": True}


def parquet(rows: list[dict[str, object]]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out)
    return out.getvalue()


def test_parquet_tells_how_many_rows_there_are() -> None:
    content = parquet([{"text": f"fun {number}", "stars": number} for number in range(2_500)])
    stream, rows = read(content)
    assert (stream.columns, stream.total, len(rows)) == (("text", "stars"), 2_500, 2_500)
    assert rows[-1] == StreamRow(2_500, {"text": "fun 2499", "stars": 2_499})
    with open_stream(piped(content)) as again:
        assert len(list(again.rows)) == 2_500


def test_a_damaged_parquet_file_is_said() -> None:
    content = parquet([{"text": "fun"}])
    with pytest.raises(Invalid, match="cut off or damaged"):
        read(content[: len(content) // 2])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"text,id\n", "no rows below"),
        (b'[{"text": "fun"}]', "one JSON list"),
        (b"{\n}\n", "None of the first lines is a JSON object"),
        (b"\x1f\x8b\x08", "packed by gzip"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "old Excel"),
        (b"\x00\x01\x02" * 50, "holds no text"),
        (b"," * 1_200 + b"\n1\n", "more than 1,000 columns"),
    ],
)
def test_what_is_no_table_is_said(content: bytes, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        read(content)


PROSE = "The snow looks lovely and we play it every evening"


@pytest.mark.parametrize(
    ("content", "column"),
    [
        (f"words\n{PROSE}\n", "words"),
        (f"id,Review Text,reply by us\n1,{PROSE},{PROSE}\n", "Review Text"),
        (f"id,said,country\n1,{PROSE},DE\n2,,FR\n", "said"),
        ("id,comment\n1,fun\n2,bad\n", "comment"),
    ],
    ids=["the only column", "its name", "its sentences", "its name though short"],
)
def test_the_obvious_column_of_texts_is_found(content: str, column: str) -> None:
    stream, _ = read(content.encode())
    assert text_column(stream, None) == column


@pytest.mark.parametrize(
    "content",
    ["id,country\n1,DE\n", f"one,two\n{PROSE},{PROSE}\n", f"review,comment\n{PROSE},{PROSE}\n"],
    ids=["none", "two", "two by name"],
)
def test_where_nothing_is_obvious_the_columns_are_named(content: str) -> None:
    stream, _ = read(content.encode())
    with pytest.raises(Invalid, match=r"Which column holds the texts\? .*“\w+”, “\w+”"):
        text_column(stream, None)
