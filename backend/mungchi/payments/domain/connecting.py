"""Why an account with a provider cannot be used, in words that say what to do. Pure."""

from typing import Final

from mungchi.common.text import Text

# By code; what the provider itself calls it is never shown: it may repeat a part of the key.
PROBLEMS: Final[dict[str, Text]] = {
    "key_invalid": Text(
        ko="결제 대행사가 이 키를 모릅니다. 지워졌거나 잘못 복사한 키입니다. 대행사 화면에서 키를 "
        "다시 복사해 주십시오.",
        en="The provider does not know this key: it was deleted, or not copied whole. Please copy "
        "it again from the provider's page.",
    ),
    "mode_mismatch": Text(
        ko="이곳에서는 {wanted} 키가 필요한데 {given} 키를 넣으셨습니다.",
        en="This installation takes {wanted} keys, and this is a {given} key.",
    ),
    "permission_missing": Text(
        ko="키에 필요한 권한이 없습니다. 제한된 키라면 이 화면에 적힌 권한을 모두 켜 주십시오.",
        en="The key lacks a permission. If it is a restricted key, switch on all permissions that "
        "are listed on this page.",
    ),
    "charges_disabled": Text(
        ko="이 계정은 아직 결제를 받을 수 없습니다. 대행사에서 사업자 확인을 마친 뒤 다시 확인해 "
        "주십시오.",
        en="This account cannot take payments yet. Please finish the provider's checks of your "
        "business, then test again.",
    ),
    "away": Text(
        ko="결제 대행사와 연결되지 않았습니다. 네트워크 문제이거나 대행사가 잠시 멈춘 것일 수 "
        "있습니다. 잠시 뒤 다시 확인해 주십시오. 바뀐 것은 없습니다.",
        en="The provider did not answer: the network is down, or the provider is. Please test "
        "again in a while; nothing was changed.",
    ),
    "busy": Text(
        ko="결제 대행사가 요청이 너무 많다고 합니다. 1분 뒤 다시 시도해 주십시오.",
        en="The provider says that it is asked too often. Please try again in a minute.",
    ),
    "key_unreadable": Text(
        ko="저장된 키를 읽을 수 없습니다. 서버의 비밀 키가 바뀐 것으로 보입니다. 키를 다시 입력해 "
        "주십시오.",
        en="The stored key cannot be read: the server's own secret seems to have changed. Please "
        "enter the key again.",
    ),
    "refused": Text(
        ko="결제 대행사가 연결을 거절했습니다. 대행사 화면에서 계정 상태를 확인해 주십시오.",
        en="The provider refused. Please look at the state of your account on its own page.",
    ),
}
# Nothing is known: the account stays as it was.
UNKNOWN: Final = frozenset({"away", "busy"})
LIVE: Final = Text(ko="실제 결제용(live)", en="live")
TEST: Final = Text(ko="시험용(test)", en="test")


def told_problem(code: str, *, live: bool) -> Text:
    """What is wrong and what to do; `live`: which mode this installation takes. Of an unknown code
    that the provider refused."""
    wanted, given = (LIVE, TEST) if live else (TEST, LIVE)
    found = PROBLEMS.get(code, PROBLEMS["refused"])
    return found.format(wanted=wanted, given=given) if code == "mode_mismatch" else found
