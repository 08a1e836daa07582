"""Why a file cannot be read, in sentences for people. Pure."""

from typing import Final

from mungchi.common.text import Text

PROBLEMS: Final[dict[str, Text]] = {
    "empty": Text(ko="빈 파일입니다.", en="The file is empty."),
    "not_a_table": Text(
        ko="표로 읽을 수 없는 파일입니다. CSV 또는 엑셀(.xlsx) 파일을 올려 주십시오.",
        en="This file is not a table. Please upload a CSV or Excel (.xlsx) file.",
    ),
    "old_workbook": Text(
        ko="구형 엑셀(.xls)이거나 암호가 걸린 파일입니다. 암호 없는 .xlsx나 CSV로 저장해 주십시오.",
        en="This is an old Excel file (.xls) or one with a password. "
        "Please save it as .xlsx without password, or as CSV.",
    ),
    "broken": Text(
        ko="파일이 손상되어 끝까지 읽을 수 없습니다. 아무것도 가져오지 않았습니다.",
        en="The file is damaged and cannot be read to its end. Nothing was taken from it.",
    ),
    "unfolds_too_large": Text(
        ko="압축을 풀면 너무 큰 파일입니다. 나누어 올려 주십시오.",
        en="Unpacked, the file is too large. Please upload it in parts.",
    ),
    "cell_too_long": Text(
        ko="한 칸이나 한 줄이 너무 깁니다. 열 구분자와 따옴표를 확인해 주십시오.",
        en="A cell or line is far too long. Please check separators and quotation marks.",
    ),
    "too_many_lines": Text(
        ko="줄이 너무 많습니다. 100만 줄 이하로 나누어 올려 주십시오.",
        en="There are too many lines. Please upload at most a million at a time.",
    ),
    "no_header": Text(
        ko="열 이름이 있는 줄을 찾지 못했습니다. 첫머리에 열 이름을 넣어 주십시오.",
        en="No line names the columns. Please put their names on top.",
    ),
    "no_lines": Text(
        ko="열 이름 아래에 자료가 없습니다.", en="There are no lines below the column names."
    ),
    "interrupted": Text(
        ko="처리하는 동안 오류가 발생했습니다. 아무것도 가져오지 않았습니다. 다시 올려 주십시오.",
        en="Something went wrong on our side. Nothing was taken. Please upload the file again.",
    ),
}


class FileUnreadable(Exception):
    """The file cannot be read, or not to its end; `code` is a key of PROBLEMS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
