"""Files that people upload to have their lines taken: what is refused, in the same words."""

from collections.abc import Mapping, Sequence

from mungchi.common.errors import Invalid
from mungchi.common.text import Text


class FileTooLarge(Invalid):
    """The upload is larger than may be."""

    status = 413
    code = "file_too_large"
    field = "file"
    message = Text(
        ko="파일이 너무 큽니다. {megabytes}MB 이하로 나누어 올려 주십시오.",
        en="The file is too large. Please upload at most {megabytes} MB at a time.",
    )


class FileNotTaken(Invalid):
    """The upload is no table that could be read; `problem` is why."""

    code = "file_unreadable"
    field = "file"
    message = Text(ko="{problem}", en="{problem}")

    @property
    def fields(self) -> Mapping[str, Sequence[tuple[str, Text]]]:
        """The file, with the particular reason as its code."""
        return {"file": [(str(self.values["reason"]), self.text)]}


class MappingWrong(Invalid):
    """A field is unknown, or points at a column that the file does not have."""

    code = "mapping_wrong"
    field = "mapping"
    message = Text(
        ko="열 지정이 올바르지 않습니다: {name}", en="This column cannot be chosen: {name}"
    )


class MappingIncomplete(Invalid):
    """Fields without which no line can be taken have no column."""

    code = "mapping_incomplete"
    message = Text(
        ko="다음 항목의 열을 지정해 주십시오: {names}",
        en="Please choose the columns of: {names}",
    )

    @property
    def fields(self) -> Mapping[str, Sequence[tuple[str, Text]]]:
        """Each missing field."""
        lacking = Text(ko="열을 지정해 주십시오.", en="Please choose a column.")
        missing = self.values["missing"]
        assert isinstance(missing, list)  # noqa: S101 - raised here only
        return {f"mapping.{name}": [("required", lacking)] for name in missing}


def check_mapping(
    mapping: Mapping[str, int | None], fields: Mapping[str, Text], columns: int
) -> None:
    """Raise MappingWrong for a field that is not known, or a column that the file does not have."""
    for name, index in mapping.items():
        if name not in fields or not (index is None or 0 <= index < columns):
            raise MappingWrong(name=fields.get(name, name))


def too_large(most_bytes: int) -> FileTooLarge:
    """The refusal of a file above the limit, with the limit in it."""
    return FileTooLarge(megabytes=most_bytes // (1024 * 1024))


def incomplete(labels: Mapping[str, Text], missing: Sequence[str]) -> MappingIncomplete:
    """The refusal to start without the columns of some fields."""
    names = Text(
        ko=", ".join(labels[name].ko for name in missing),
        en=", ".join(labels[name].en for name in missing),
    )
    return MappingIncomplete(names=names, missing=list(missing))


def printable(filename: str) -> str:
    """A file's name as it can be shown; "" when nothing of it can."""
    kept = "".join(letter for letter in filename if letter.isprintable()).strip()
    return kept[-200:]
