"""Cooperatives, firms, suppliers, people and the catalogue of the demonstration."""

import io
import random
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from devtools.demo import names
from devtools.demo.pictures import add_pictures
from mungchi.accounts.access import SYSTEM, Actor, actor_for
from mungchi.accounts.domain.business_number import check_digit
from mungchi.accounts.models import Cooperative, Division, Firm, Membership, Seat, User
from mungchi.accounts.operations import (
    accept_partnership,
    add_document,
    change_cooperative,
    change_firm,
    found_cooperative,
    propose_partnership,
    register_cooperative,
)
from mungchi.catalog.models import Category, Item
from mungchi.catalog.operations import set_units
from mungchi.common import clock
from mungchi.deliveries.operations import add_point
from mungchi.demand.operations import choose_categories


@dataclass
class Cast:
    """Everybody, by the names the scenes use."""

    offices: dict[str, Actor] = field(default_factory=dict)
    firms: list[Actor] = field(default_factory=list)
    members: dict[str, list[Actor]] = field(default_factory=dict)
    suppliers: list[Actor] = field(default_factory=list)
    forgotten: list[Actor] = field(default_factory=list)
    items: dict[str, Item] = field(default_factory=dict)
    points: dict[str, UUID] = field(default_factory=dict)


def business_number(kind: int, index: int) -> str:
    """Return a valid number that is nobody's by intention: serials count up from the index."""
    body = f"{120 + index % 60}{kind}{7000 + index * 13:04d}"
    return body + check_digit(body)


class Casting:
    """Makes the people; one password hash serves all, since hashing is slow on purpose."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.hash = make_password(names.PASSWORD)
        self.cast = Cast()

    def everybody(self) -> Cast:
        """Make them all and return them."""
        self._catalogue()
        cooperatives = [self._cooperative(dict(one)) for one in names.COOPERATIVES]
        self._partners()
        self._points()
        self._applicant()
        self._firms(cooperatives)
        self._forgotten(cooperatives[0])
        self._profile()
        self._suppliers(cooperatives)
        operator = self._person("operator", "운영자", "operator@mungchi.example")
        operator.is_staff = operator.is_superuser = True
        operator.save(update_fields=["is_staff", "is_superuser"])
        seat = self._seat(operator, "operator")
        for code, units in names.UNITS.items():
            set_units(actor=seat, item_id=self.cast.items[code].pk, units=units)
        add_pictures(seat, self.cast.items)
        return self.cast

    def _person(self, local: str, name: str, email: str = "") -> User:
        user = User.objects.create(
            email=email or f"{local}@mungchi.example", name=name, password=self.hash
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def _seat(self, user: User, role: str, **place: object) -> Actor:
        seat = Seat.objects.create(user=user, role=role, **place)
        return actor_for(seat)

    def _catalogue(self) -> None:
        categories = {
            slug: Category.objects.create(slug=slug, name=name, name_en=english)
            for slug, name, english in names.CATEGORIES
        }
        for code, name, english, category, unit, pack, vat_class, _price in names.ITEMS:
            self.cast.items[code] = Item.objects.create(
                code=code, name=name, name_en=english, category=categories[category], unit=unit,
                pack_size=pack, vat_class=vat_class,
            )  # fmt: skip

    def _cooperative(self, fields: dict) -> Cooperative:
        divisions, fees = fields.pop("divisions"), fields.pop("fees")
        body = fields["business_number"][:9]
        fields["business_number"] = body + check_digit(body)
        cooperative = found_cooperative(actor=SYSTEM, **fields)
        for name, english in divisions:
            Division.objects.create(cooperative=cooperative, name=name, name_en=english)
        slug = cooperative.slug
        self.cast.offices[slug] = self._seat(
            self._person(f"office.{slug}", "정담당" if slug == "hanbit" else "오담당"),
            "coordinator", cooperative=cooperative,
        )  # fmt: skip
        self._seat(self._person(f"auditor.{slug}", "이감사"), "auditor", cooperative=cooperative)
        change_cooperative(actor=self.cast.offices[slug], **fees)
        return cooperative

    def _partners(self) -> None:
        ours, theirs = self.cast.offices["hanbit"], self.cast.offices["daon"]
        proposal = propose_partnership(
            actor=ours, cooperative_id=theirs.cooperative_id,
            message="포장재와 사무용품을 함께 사고 싶습니다.",
        )  # fmt: skip
        accept_partnership(actor=theirs, partnership_id=proposal.pk)

    def _points(self) -> None:
        for slug, (name, address, hours) in names.POINTS.items():
            office = self.cast.offices[slug]
            point = add_point(actor=office, name=name, address=address, hours=hours)
            self.cast.points[slug] = point.pk

    def _applicant(self) -> None:
        founder = self._person("founder", "최새벽")
        fields = dict(names.APPLICANT)
        body = fields.pop("business_number")
        register_cooperative(
            user=founder,
            actor=Actor(role="", user_id=founder.pk, user_name=founder.called),
            business_number=body + check_digit(body),
            **fields,
        )

    def _firms(self, cooperatives: list[Cooperative]) -> None:
        hanbit, daon = cooperatives
        for index, name in enumerate(names.FIRMS):
            firm = Firm.objects.create(
                name=name, business_number=business_number(81, index),
                representative=f"{self.dice.choice('김이박최정강조윤장임')}대표",
                address=f"서울특별시 중구 새길로 {10 + index}",
                phone=f"02-555-{1000 + index}", created_at=clock.now(),
            )  # fmt: skip
            owner = self._seat(
                self._person(f"owner{index + 1:02d}", f"{name} 대표"), "owner", firm=firm
            )
            self.cast.firms.append(owner)
            homes = [hanbit] if index < 26 else [daon]
            if index % 13 == 5:
                homes = [hanbit, daon]
            for home in homes:
                self._membership(home, firm, index)
                self.cast.members.setdefault(home.slug, []).append(owner)
        first = Firm.objects.get(name=names.FIRMS[0])
        self._seat(self._person("buyer01", "가온정밀 구매담당"), "buyer", firm=first)
        self._seat(self._person("viewer01", "가온정밀 경리"), "viewer", firm=first)
        applicant = Firm.objects.create(
            name="새로이상회", business_number=business_number(81, 50), representative="문대표",
            address="서울특별시 중구 새길로 77", created_at=clock.now(),
        )  # fmt: skip
        self._seat(self._person("newcomer", "문새로"), "owner", firm=applicant)
        Membership.objects.create(cooperative=hanbit, firm=applicant)

    def _profile(self) -> None:
        """What the first firm says of itself, with a certificate."""
        owner = self.cast.firms[0]
        change_firm(actor=owner, trade="제조업 · 금속 가공")
        bought = Category.objects.filter(slug__in=["office", "packaging", "safety"])
        choose_categories(actor=owner, categories=[one.pk for one in bought])
        add_document(
            actor=owner, kind="registration", filename="사업자등록증.pdf",
            stream=io.BytesIO(names.CERTIFICATE),
        )  # fmt: skip

    def _forgotten(self, cooperative: Cooperative) -> None:
        """Members that joined long ago and have not been heard from since."""
        with clock.shifted(timedelta(days=-120)):
            for index, name in enumerate(names.FORGOTTEN):
                firm = Firm.objects.create(
                    name=name, business_number=business_number(82, index),
                    representative=f"{'배심주엄'[index]}대표",
                    address=f"서울특별시 중구 옛길로 {3 + index}", phone=f"02-555-{3000 + index}",
                    created_at=clock.now(),
                )  # fmt: skip
                self.cast.forgotten.append(
                    self._seat(
                        self._person(f"forgotten{index + 1}", f"{name} 대표"), "owner", firm=firm
                    )
                )
                self._membership(cooperative, firm, 60 + index)

    def _membership(self, cooperative: Cooperative, firm: Firm, index: int) -> None:
        divisions = list(cooperative.divisions.order_by("name"))
        Membership.objects.create(
            cooperative=cooperative, firm=firm, division=divisions[index % len(divisions)],
            member_code=f"{cooperative.slug[0].upper()}-{index + 1:03d}", state="active",
            joined_at=clock.now(),
        )  # fmt: skip

    def _suppliers(self, cooperatives: list[Cooperative]) -> None:
        for index, name in enumerate(names.SUPPLIERS):
            firm = Firm.objects.create(
                name=name, business_number=business_number(86, index), supplies=True,
                representative=f"{self.dice.choice('한서신권황')}대표",
                address=f"경기도 고양시 일산동구 산단로 {20 + index}",
                phone=f"031-777-{2000 + index}", created_at=clock.now(),
            )  # fmt: skip
            self.cast.suppliers.append(
                self._seat(self._person(f"supplier{index + 1}", f"{name} 영업"), "owner", firm=firm)
            )


SIGN_INS = [
    ("담당자 coordinator", "office.hanbit@mungchi.example"),
    ("감사 auditor", "auditor.hanbit@mungchi.example"),
    ("조합원사 대표 owner", "owner01@mungchi.example"),
    ("조합원사 구매담당 buyer", "buyer01@mungchi.example"),
    ("조합원사 열람 viewer", "viewer01@mungchi.example"),
    ("공급사 supplier", "supplier1@mungchi.example"),
    ("다른 조합 담당자 coordinator of the other cooperative", "office.daon@mungchi.example"),
    ("협동조합 등록을 신청한 사람 applicant", "founder@mungchi.example"),
    ("운영자 operator (/platform/cooperatives, /admin/)", "operator@mungchi.example"),
]
