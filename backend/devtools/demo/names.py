"""Invented names of the demonstration. Nobody and nothing of these exists."""

PASSWORD = "mungchi-demo"  # noqa: S105 - for the demonstration on one's own machine only

COOPERATIVES = [
    {
        "slug": "hanbit", "name": "한빛소상공인협동조합", "name_en": "Hanbit Small Firms Cooperative",
        "region": "서울", "business_number": "2148270013", "bank_name": "누리은행",
        "bank_account": "301-0457-8812-01", "bank_holder": "한빛소상공인협동조합",
        "representative": "한이사장", "address": "서울특별시 중구 새길로 1", "phone": "02-555-0001",
        "divisions": [("제조분과", "Manufacturing"), ("유통분과", "Retail and trade"),
                      ("서비스분과", "Services")],
        "fees": {"host_fee_bp": 150, "member_fee_bp": 50},
    },
    {
        "slug": "daon", "name": "다온제조협동조합", "name_en": "Daon Manufacturers Cooperative",
        "region": "경기", "business_number": "1318230027", "bank_name": "가람은행",
        "bank_account": "110-482-337190", "bank_holder": "다온제조협동조합",
        "representative": "도이사장", "address": "경기도 안산시 단원구 산단로 8",
        "phone": "031-555-0002",
        "divisions": [("금속가공분과", "Metalworking"), ("포장분과", "Packaging")],
        "fees": {"host_fee_bp": 120, "member_fee_bp": 30},
    },
]  # fmt: skip

# Has applied and waits for the platform's decision.
APPLICANT = {
    "business_number": "314820003", "name": "새벽유통협동조합", "name_en": "Dawn Traders Cooperative",
    "region": "대전", "zone": "Asia/Seoul", "currency": "KRW", "representative": "최이사장",
    "address": "대전광역시 서구 둔산로 12", "phone": "042-555-0003",
}  # fmt: skip

# A page without a word on it: what is shown is that there is a document.
CERTIFICATE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)

# Where members of each cooperative collect what they bought together.
POINTS = {
    "hanbit": ("한빛 공동물류창고", "서울특별시 중구 새길로 3", "평일 09:00-18:00"),
    "daon": ("다온 하역장", "경기도 안산시 단원구 산단로 10", "월·수·금 10:00-16:00"),
}

FIRMS = [
    "가온정밀", "나래식품", "다솜인쇄", "라온테크", "마루가구", "바른푸드", "사람과옷", "아람건설",
    "자람교육", "차오름물산", "카페온도", "타래섬유", "파란세탁", "하늘전기", "고운화장품", "누리설비",
    "도담베이커리", "루미조명", "미르금속", "보듬요양", "새벽유통", "솔빛디자인", "소담도시락",
    "시원냉동", "아우름기획", "예인공방", "온새미농산", "윤슬카센터", "이든약품", "정담한식",
    "지음건축", "찬솔목재", "큰나무원예", "토담도예", "푸른환경", "한결물류", "해든치과기공",
    "행복한빵집", "혜윰서점", "휘파람자전거",
]  # fmt: skip

SUPPLIERS = [
    "대한종이유통", "미래포장산업", "청정위생상사", "든든안전", "한마음식자재", "빠른에너지",
]  # fmt: skip

# Members of the first cooperative from whom nothing has been heard for a long time.
FORGOTTEN = ["늘솔인쇄소", "바다건어물", "한솔목공소", "별빛문구"]

# firm (its place in FIRMS), title, description, kind, category, unit, price, for campaigns as well
LISTINGS = [
    (
        0,
        "정밀 부품 소량 가공",
        "시제품부터 500개까지, 도면을 보내 주시면 이틀 안에 견적을 드립니다.",
        "service",
        "materials",
        "case",
        None,
        False,
    ),
    (
        2,
        "안내장·명함 인쇄",
        "디자인 파일이 없어도 됩니다. 서울은 당일 배송.",
        "service",
        "office",
        "case",
        85000,
        True,
    ),
    (
        4,
        "맞춤 사무 가구",
        "책상, 수납장을 치수대로 만들어 설치합니다.",
        "good",
        "office",
        "set",
        420000,
        False,
    ),
    (
        5,
        "단체 도시락과 간식",
        "스무 명부터 이백 명까지, 하루 전 주문.",
        "good",
        "food",
        "each",
        8500,
        True,
    ),
    (
        7,
        "매장·사무실 인테리어",
        "작은 수리부터 전체 공사까지.",
        "service",
        "services",
        "visit",
        None,
        False,
    ),
    (
        12,
        "작업복 세탁과 수선",
        "매주 거두어 세탁하고 돌려 드립니다.",
        "service",
        "hygiene",
        "month",
        180000,
        True,
    ),
    (
        13,
        "전기 공사와 조명 교체",
        "고효율 조명으로 바꾸고 지원금 신청을 도와드립니다.",
        "service",
        "energy",
        "case",
        None,
        False,
    ),
    (
        18,
        "금속 판재 절단",
        "스테인리스와 알루미늄 판을 치수대로 자릅니다.",
        "service",
        "materials",
        "kg",
        1200,
        False,
    ),
    (
        21,
        "포장·상표 디자인",
        "상품 포장과 상표를 함께 정리해 드립니다.",
        "service",
        "packaging",
        "case",
        650000,
        False,
    ),
    (
        24,
        "온라인 홍보 대행",
        "월 20시간, 사진 촬영과 글 작성을 맡습니다.",
        "service",
        "services",
        "month",
        900000,
        True,
    ),
    (
        28,
        "통관과 수출 서류 대행",
        "소량 수출도 맡습니다. 원산지 증명과 적하보험까지 도와드립니다.",
        "service",
        "services",
        "each",
        120000,
        False,
    ),
    (
        30,
        "냉동 창고 월 보관",
        "팔레트 단위, 입출고 내역을 매일 보내 드립니다.",
        "service",
        "food",
        "month",
        95000,
        False,
    ),
]

CATEGORIES = [
    ("office", "사무용품", "Office supplies"),
    ("packaging", "포장재", "Packaging"),
    ("safety", "안전용품", "Safety equipment"),
    ("food", "식자재", "Food"),
    ("hygiene", "위생용품", "Hygiene"),
    ("energy", "에너지", "Energy"),
    ("services", "서비스", "Services"),
    ("materials", "원자재", "Materials"),
]

# code, name, English name, category, unit, pack, VAT class, a usual price in won
ITEMS = [
    ("A4-80", "A4 복사용지 80g", "A4 copy paper 80 g", "office", "box", 1, "taxable", 23500),
    ("TN-2400", "토너 카트리지 2400", "Toner cartridge 2400", "office", "each", 1, "taxable", 48000),
    ("BOX-5", "택배 상자 5호", "Parcel box no. 5", "packaging", "each", 50, "taxable", 780),
    ("TAPE-48", "박스 테이프 48mm", "Packing tape 48 mm", "packaging", "roll", 40, "taxable", 950),
    ("WRAP-50", "스트레치 필름 50cm", "Stretch film 50 cm", "packaging", "roll", 6, "taxable", 6900),
    ("GLOVE-N", "니트릴 장갑", "Nitrile gloves", "safety", "box", 10, "taxable", 7200),
    ("SHOE-6", "안전화 6인치", "Safety shoes 6 inch", "safety", "pair", 1, "taxable", 52000),
    ("RICE-20", "쌀 20kg", "Rice 20 kg", "food", "bag", 1, "exempt", 56000),
    ("OIL-18", "식용유 18L", "Cooking oil 18 l", "food", "can", 1, "taxable", 41000),
    ("FLOUR-20", "밀가루 중력분 20kg", "Flour 20 kg", "food", "bag", 1, "taxable", 21500),
    ("TISSUE", "점보롤 화장지", "Jumbo toilet rolls", "hygiene", "box", 1, "taxable", 27800),
    ("SANI-4", "손소독제 4L", "Hand sanitiser 4 l", "hygiene", "bottle", 4, "taxable", 11900),
    ("DIESEL", "난방 등유", "Heating kerosene", "energy", "litre", 200, "taxable", 1320),
    ("LED-50", "LED 평판등 50W", "LED panel 50 W", "energy", "each", 4, "taxable", 31000),
    ("LABOR", "노무 자문", "Labour law advice", "services", "month", 1, "taxable", 220000),
    ("SNS-20", "온라인 홍보 대행", "Online marketing", "services", "hour", 1, "taxable", 45000),
    ("SUS-304", "스테인리스 판재 304", "Stainless sheet 304", "materials", "kg", 25, "taxable", 4800),
]  # fmt: skip

# What other units are of some of them: so many of it are so many of the item's.
UNITS = {
    "A4-80": {"pack": (5, 1)},
    "BOX-5": {"pack": (1, 50)},
    "TAPE-48": {"box": (1, 40)},
    "RICE-20": {"kg": (20, 1)},
    "FLOUR-20": {"kg": (20, 1)},
    "OIL-18": {"litre": (18, 1)},
}
# Where the goods of some firms go that are not delivered to their address, by who joins how early.
DEPOTS = {
    2: "경기도 파주시 탄현면 평화로 711, 물류동 2층",
    5: "인천광역시 서구 봉수대로 158, 신축 현장",
}
# What the first cooperative buys under codes of its own, some of it in everybody's catalogue too:
# code, name, unit as its bookkeeper writes it, a usual price in won
OWN_GOODS = [
    ("HB-1001", "복사용지 A4 80 그램", "BOX", 23900),
    ("HB-1002", "포장용 박스 테이프 48mm", "롤", 990),
    ("HB-2001", "산업용 면장갑", "켤레", 650),
    ("HB-2002", "안전모 투명창", "EA", 14500),
    ("HB-3001", "세척용 공업 알코올 18L", "말통", 39000),
    ("HB-3002", "용접봉 2.6mm 5kg", "BOX", 18500),
]
