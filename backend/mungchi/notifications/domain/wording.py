"""The sentences people are told. Pure.

Dates are read in the cooperative's zone, which is named wherever a time of day is given.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mungchi.common import days
from mungchi.common.text import Text
from mungchi.common.zones import zone_name


def moment(at: datetime, zone: str) -> Text:
    """Write a moment: 11월 30일 18:00(한국 시각). A midnight is 24:00 of the day it ends."""
    local = at.astimezone(ZoneInfo(zone))
    named = zone_name(zone)
    clock = f"{local:%H:%M}"
    if clock == "00:00":
        local -= timedelta(minutes=1)
        clock = "24:00"
    return Text(
        ko=f"{local.month}월 {local.day}일 {clock}({named.ko})",
        en=f"{local.day} {local:%B} {clock} ({named.en})",
    )


def last_day(until: datetime, zone: str) -> Text:
    """Write the last whole or part day before a half-open end: 11월 30일."""
    return day_of(days.last_day(until, zone))


def day_of(day: date) -> Text:
    """Write a calendar day: 11월 30일."""
    return Text(ko=f"{day.month}월 {day.day}일", en=f"{day.day} {day:%B}")


APPLIED = Text(ko="{firm}이(가) 조합 가입을 신청했습니다.", en="{firm} applies for membership.")
ADMITTED = Text(
    ko="{cooperative}의 조합원사가 되었습니다. 이제 공동구매에 참여할 수 있습니다.",
    en="Your firm is now a member of {cooperative} and can join its campaigns.",
)
MEMBER_INVITED = Text(
    ko="{cooperative}에서 조합원사로 초대했습니다. 수락하면 공동구매에 참여할 수 있습니다.",
    en="{cooperative} invites your firm as a member. Accept to join its campaigns.",
)
MEMBER_ACCEPTED = Text(
    ko="{firm}이(가) 초대를 수락하여 조합원사가 되었습니다.",
    en="{firm} accepted the invitation and is a member now.",
)
MEMBER_DECLINED = Text(ko="{firm}이(가) 초대를 거절했습니다.", en="{firm} declined the invitation.")
MEMBER_HAS_LEFT = Text(
    ko="{firm}이(가) 조합을 탈퇴했습니다. {why}", en="{firm} has left the cooperative. {why}"
)
APPLICATION_DECLINED = Text(
    ko="{cooperative} 가입 신청이 받아들여지지 않았습니다. 사유: {why}",
    en="{cooperative} declined your application. Reason: {why}",
)
SUSPENDED = Text(
    ko="{cooperative}에서 활동이 정지되었습니다. 이미 참여한 것은 그대로이고, 새로 참여할 수 "
    "없습니다. 사유: {why}",
    en="{cooperative} has suspended your firm. What you are in stays; you cannot join anything "
    "new. Reason: {why}",
)
LEFT = Text(
    ko="{cooperative}에서 탈퇴 처리되었습니다. 사유: {why}",
    en="Your firm is no longer a member of {cooperative}. Reason: {why}",
)
SEAT_TAKEN = Text(
    ko="{person}님이 초대를 수락했습니다. 역할: {role}",
    en="{person} accepted the invitation and is {role} now.",
)
ROLE_CHANGED = Text(
    ko="{place}에서의 역할이 바뀌었습니다: {before} → {after}",
    en="Your role at {place} changed from {before} to {after}.",
)
HANDED_OVER = Text(
    ko="{person}님이 {place}의 역할({role})을 넘겼습니다.",
    en="{person} has handed {place} over to you: you are {role} now.",
)
IMPORTED = Text(
    ko="‘{file}’ 가져오기가 끝났습니다. {kept}줄을 반영하고 {rejected}줄을 제외했습니다.",
    en="“{file}” has been imported: {kept} {kept:line was|lines were} taken, {rejected} "
    "{rejected:was|were} not.",
)
IMPORT_FAILED = Text(
    ko="‘{file}’ 가져오기에 실패했습니다. 파일을 확인한 뒤 다시 올려 주십시오.",
    en="“{file}” could not be imported. Please check the file and upload it again.",
)
INVITED = Text(
    ko="‘{title}’에 공급 제안을 요청받았습니다.", en="You are invited to offer on “{title}”."
)
INVITED_UNTIL = Text(
    ko="‘{title}’에 공급 제안을 요청받았습니다. 제안 마감은 {until}입니다.",
    en="You are invited to offer on “{title}” until {until}.",
)
WANTED = Text(
    ko="‘{title}’의 공급 제안을 받고 있습니다. 제안 마감은 {until}입니다.",
    en="Offers are wanted on “{title}” until {until}.",
)
WANTED_NOW = Text(ko="‘{title}’의 공급 제안을 받고 있습니다.", en="Offers are wanted on “{title}”.")
OFFERED = Text(
    ko="‘{title}’에 {supplier}의 공급 제안이 들어왔습니다.",
    en="{supplier} has made an offer on “{title}”.",
)
AWARDED = Text(
    ko="‘{title}’에 낸 공급 제안이 선정되었습니다.", en="Your offer on “{title}” was chosen."
)
DECLINED = Text(
    ko="‘{title}’에 낸 공급 제안이 선정되지 않았습니다.",
    en="Your offer on “{title}” was not chosen.",
)
OPENED = Text(
    ko="‘{title}’이(가) 열렸습니다. {until}에 마감합니다.",
    en="“{title}” is open. It closes on {until}.",
)
OPENED_FOR_NEED = Text(
    ko="‘{title}’이(가) 열렸습니다. 올려 두신 구매 수요에 맞는 공동구매이며, {until}에 마감합니다.",
    en="“{title}” is open and fits a need that you have stated. It closes on {until}.",
)
GUEST = Text(
    ko="{host}이(가) ‘{title}’에 귀사를 손님으로 초대했습니다.",
    en="{host} admits your firm to its campaign “{title}” as a guest.",
)
EXTENDED = Text(
    ko="‘{title}’의 마감이 {until}까지로 연장되었습니다. 사유: {why}",
    en="The deadline of “{title}” is now {until}. Reason: {why}",
)
CANCELLED = Text(
    ko="‘{title}’이(가) 취소되었습니다. 청구되는 금액은 없습니다. 사유: {why}",
    en="“{title}” was cancelled. Nothing will be charged. Reason: {why}",
)
CLEARED = Text(ko="‘{title}’ 마감: {sentence}", en="“{title}” has closed. {sentence}")
FAILED = Text(
    ko="‘{title}’이(가) 무산되었습니다. 입금하신 금액은 돌려드립니다. 사유: {why}",
    en="“{title}” came to nothing. What you paid will be returned. Reason: {why}",
)
FAILED_FOR_OTHERS = Text(
    ko="‘{title}’이(가) 무산되었습니다. 사유: {why}",
    en="“{title}” came to nothing. Reason: {why}",
)
COMPLETED = Text(
    ko="‘{title}’의 모든 물품이 수령되어 공동구매가 끝났습니다.",
    en="Everything in “{title}” has been received. The campaign is complete.",
)
PLEASE_PAY = Text(
    ko="‘{title}’ 주문 대금 {amount}을(를) {day}까지 입금해 주십시오. 입금자명에 {reference}을(를) "
    "적어 주십시오.",
    en="Please transfer {amount} for “{title}” by {day}, with the reference {reference}.",
)
PAYMENT_CONFIRMED = Text(
    ko="‘{title}’ 주문 대금 {amount}의 입금을 확인했습니다.",
    en="Your transfer of {amount} for “{title}” has arrived.",
)
PAYMENT_UNCONFIRMED = Text(
    ko="‘{title}’ 주문 대금 {amount}의 입금 확인이 취소되었습니다. 사유: {why}",
    en="The confirmation of {amount} for “{title}” was undone. Reason: {why}",
)
PAYMENT_REFUNDED = Text(
    ko="‘{title}’ 주문 대금 {amount}을(를) 환불했습니다. {why}",
    en="{amount} for “{title}” was sent back to you. {why}",
)
REFUNDS_DUE = Text(
    ko="‘{title}’의 입금 {count}건, {amount}을(를) 환불해 주십시오.",
    en="Please return {amount} ({count} {count:payment|payments}) for “{title}”.",
)
PURCHASE_ORDER = Text(
    ko="발주서 {number}이(가) 도착했습니다. {quantity}, {amount}. 확인해 주십시오.",
    en="Purchase order {number}: {quantity}, {amount}. Please confirm it.",
)
ORDER_CONFIRMED = Text(
    ko="{supplier}이(가) 발주서 {number}을(를) 확인했습니다. 납기는 {due}입니다.",
    en="{supplier} confirmed purchase order {number}. It is due on {due}.",
)
ORDER_REFUSED = Text(
    ko="{supplier}이(가) 발주서 {number}을(를) 거절했습니다. 사유: {why}",
    en="{supplier} refused purchase order {number}. Reason: {why}",
)
ORDER_CANCELLED = Text(
    ko="발주서 {number}이(가) 취소되었습니다. 출고하지 말아 주십시오.",
    en="Purchase order {number} was cancelled. Please send nothing.",
)
SENT = Text(
    ko="‘{title}’ 물품 {quantity}이(가) 출고되었습니다. {carrier} {tracking}",
    en="“{title}”: {quantity} on the way. {carrier} {tracking}",
)
COLLECT = Text(
    ko="‘{title}’ 물품은 {point}({address})에서 {first}부터 {last}까지 찾으시면 됩니다. "
    "{hours} {note}",
    en="Collect your goods of “{title}” at {point} ({address}) from {first} to {last}. "
    "{hours} {note}",
)
SHORT = Text(
    ko="{firm}이(가) {number} 출고 {sent} 중 {received}만 받았다고 알렸습니다. {note}",
    en="{firm} received {received} of the {sent} sent for {number}. {note}",
)
INTRODUCTION_ASKED = Text(
    ko="{seeker}이(가) ‘{listing}’을(를) 보고 연결을 요청했습니다. 사유: {why}",
    en="{seeker} saw “{listing}” and asks to be introduced to you. Reason: {why}",
)
# Whose member a firm is, or whose office proposes, when it is of another cooperative.
OF_PARTNER = Text(ko="협력 조합 {cooperative}의 {firm}", en="{firm} of {cooperative}, a partner")
PARTNER_OFFICE = Text(ko="협력 조합 {cooperative}", en="{cooperative}, a partner cooperative,")
INTRODUCTION_ASKED_OFFICE = Text(
    ko="{seeker}이(가) {giver}와(과)의 연결을 요청했습니다.",
    en="{seeker} asks to be introduced to {giver}.",
)
INTRODUCTION_PROPOSED = Text(
    ko="{cooperative} 사무국이 {firm}와(과)의 연결을 제안합니다. 사유: {why}",
    en="{cooperative} would like to introduce you to {firm}. Reason: {why}",
)
INTRODUCTION_MADE = Text(
    ko="{firm}와(과) 연결되었습니다. 담당자와 연락처를 확인해 주십시오.",
    en="You and {firm} have been introduced: see whom to call.",
)
INTRODUCTION_MADE_OFFICE = Text(
    ko="{seeker}와(과) {giver}이(가) 모두 동의해 연결되었습니다.",
    en="{seeker} and {giver} have both agreed, and were introduced.",
)
NOT_NOW = Text(
    ko="{firm}와(과)의 연결은 지금은 이루어지지 않습니다.",
    en="The introduction to {firm} is not to be for now.",
)
ENDED_OFFICE = Text(
    ko="{seeker}와(과) {giver}의 연결이 이루어지지 않았습니다: {how}.",
    en="The introduction of {seeker} and {giver} did not come about: {how}.",
)
HOW_DECLINED = Text(ko="{firm}이(가) 원하지 않음", en="{firm} would rather not")
HOW_WITHDRAWN = Text(ko="요청한 쪽이 거두어들임", en="whoever asked took it back")
HOW_EXPIRED = Text(ko="기한 안에 답이 없음", en="there was no answer in time")
CAMPAIGN_SUGGESTED = Text(
    ko="{cooperative} 사무국이 ‘{title}’ 참여를 권합니다. {said}",
    en="{cooperative} suggests that you join “{title}”. {said}",
)
POOL_SUGGESTED = Text(
    ko="{cooperative} 사무국이 알립니다. 다른 조합원사가 ‘{item}’을(를) 함께 사려고 합니다. {said}",
    en="From {cooperative}: other members want to buy “{item}” together. {said}",
)
NEEDS_ASKED = Text(
    ko="{cooperative} 사무국이 요즘 필요한 것을 묻습니다. {said}",
    en="{cooperative} asks what you need at present. {said}",
)
PLAN_STATED = Text(
    ko="반복 수요를 올렸습니다: {item} {quantity}, {day}까지. 필요하면 고치거나 거두십시오.",
    en="Your recurring need was stated: {quantity} of {item} by {day}. Change or withdraw it if "
    "you like.",
)
NEED_EXPIRED = Text(
    ko="‘{item}’ {quantity} 수요가 {day}까지 공동구매로 이어지지 못하고 기한이 지났습니다. 아직 "
    "필요하시면 날짜만 바꿔 다시 올려 주십시오.",
    en="Your need of {quantity} of “{item}” by {day} came into no campaign and has expired. If you "
    "still need it, state it again for another day.",
)
PLAN_ENDED = Text(
    ko="반복 수요가 멈추었습니다: {item}. {why} 더 올릴 수 없습니다.",
    en="Your recurring need for {item} has stopped: {why}.",
)
NEED_MISSED = Text(
    ko="{cooperative} 사무국이 지난 공동구매에서 받지 못하신 ‘{item}’ 물량을 다시 모읍니다. 아직 "
    "필요하시면 {day}까지 {quantity}(으)로 올리거나 고쳐 주시고, 아니면 넘겨 주십시오. 올려도 "
    "주문이 되지는 않습니다.",
    en="{cooperative} gathers again what a campaign for “{item}” did not give. If you still need "
    "it, state {quantity} by {day}, or change it; else set it aside. It is no order.",
)
NEED_PROPOSED = Text(
    ko="{cooperative} 사무국이 ‘{item}’ 품목이 필요하신지 묻습니다. 전에 구매하신 대로 "
    "{day}까지 {quantity}(으)로 적어 두었으니, 그대로 올리거나 고치거나 넘겨 주십시오.",
    en="{cooperative} asks whether you need “{item}”. From what you bought before it suggests "
    "{quantity} by {day}: take it, change it, or set it aside.",
)
PROPOSAL_ANSWERED = Text(ko="{firm}의 답: {answer}. {note}", en="{firm} answers: {answer}. {note}")
