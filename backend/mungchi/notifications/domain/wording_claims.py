"""The sentences people are told of claims, and of what suppliers owe back. Pure."""

from typing import Final

from mungchi.common.text import Text

OPENED = Text(
    ko="‘{title}’ {firm}에서 클레임을 냈습니다: {what} {quantity}. {why}",
    en="“{title}”: {firm} claims ({what}, {quantity}). {why}",
)
NOTED = Text(
    ko="‘{title}’ 클레임에 새 내용이 있습니다({who}): {why}",
    en="“{title}”: {who} added to a claim: {why}",
)
ANSWERED = Text(
    ko="‘{title}’ 클레임에 공급사가 답했습니다: {remedy}. {why} {until}까지 "
    "동의하는지 알려 주십시오.",
    en="“{title}”: the supplier answered your claim: {remedy}. {why} Please say by {until} whether "
    "you agree.",
)
ACCEPTED = Text(
    ko="‘{title}’ 클레임의 처리가 정해졌습니다: {remedy}. {why}",
    en="“{title}”: a claim was accepted: {remedy}. {why}",
)
DISPUTED = Text(
    ko="‘{title}’ {firm}이(가) 공급사의 답에 동의하지 않습니다. 사무국이 결정합니다. {why}",
    en="“{title}”: {firm} does not agree to the supplier’s answer; the office decides. {why}",
)
PASSED_ON = Text(
    ko="‘{title}’ {firm}의 클레임에 {who}의 답이 없어 사무국이 결정합니다.",
    en="“{title}”: {who} did not answer {firm}’s claim in time; the office decides.",
)
DECIDED = Text(
    ko="‘{title}’ 클레임을 사무국이 결정했습니다: {remedy}. 사유: {why}",
    en="“{title}”: the office decided a claim: {remedy}. Reason: {why}",
)
REFUSED = Text(
    ko="‘{title}’ 클레임이 거절되었습니다. 사유: {why}",
    en="“{title}”: a claim was refused. Reason: {why}",
)
TURNED = Text(
    ko="‘{title}’ 교환 대신 환불하기로 사무국이 정했습니다: {remedy}. 사유: {why}",
    en="“{title}”: the office has the claim refunded instead of replaced: {remedy}. Reason: {why}",
)
WITHDRAWN = Text(
    ko="‘{title}’ {firm}이(가) 클레임을 철회했습니다. {why}",
    en="“{title}”: {firm} took its claim back. {why}",
)
STILL_WAITS = Text(
    ko="‘{title}’ {firm}의 클레임이 답을 기다립니다. 기한: {until}.",
    en="“{title}”: {firm}’s claim waits for you. To be answered by {until}.",
)
OWES = Text(
    ko="‘{title}’ 대금을 이미 지급받으셨기에 클레임 환불 {amount}을 돌려주셔야 합니다. 이체하거나 "
    "다음 지급액에서 공제합니다.",
    en="“{title}”: you were paid already, so {amount} of a claim’s refund is owed back: by a "
    "transfer, or taken off your next payout.",
)
OWED = Text(
    ko="‘{title}’ {supplier}에서 받을 돈 {amount}이 생겼습니다. 이미 지급한 대금의 "
    "클레임 환불입니다.",
    en="“{title}”: {supplier} owes back {amount}: the refund of a claim on what was paid out.",
)
UNITS: Final = Text(ko="{remedy} {quantity}", en="{remedy}, {quantity}")
