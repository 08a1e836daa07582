const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  pools: '수요 묶음',
  poolsText: '같은 품목의 구매 수요를 묶은 것입니다. 묶음 하나가 공동구매 하나가 됩니다.',
  search: '품목으로 찾기',
  show: '보기',
  shows: { open: '모으는 중', in_campaign: '공동구매 진행', all: '전체' },
  orderings: { '-created_at': '새 것부터', needed_by: '급한 것부터' },
  category: '분류',
  item: '품목',
  firms: '기업',
  firmsCount: (count: number) => `${n(count)}개사`,
  quantity: '물량',
  earliest: '가장 이른 날',
  state: '상태',
  make: '공동구매 만들기',
  makeTitle: (item: string) => `${item} 공동구매를 만들까요?`,
  makeText: (firms: number, quantity: string) =>
    `${n(firms)}개사의 수요 ${quantity}에서 초안을 만듭니다. 성립 조건과 마감을 알맞게 채워 두며, 시작하기 전에 고칠 수 있습니다.`,
  made: '초안을 만들었습니다',
  poolsNone: '모인 수요가 없습니다',
  poolsNoneText: '조합원사가 구매 수요를 올리면 품목별로 묶여 여기에 보입니다.',
  toCampaigns: '공동구매 보기',
  needs: '이 묶음의 수요',
  needsNone: '이 묶음에 남은 수요가 없습니다',
  firm: '기업',
  neededBy: '필요한 날',
  limit: '희망 최고 단가',
  anyPrice: '어떤 단가든',
  note: '메모',
  limits: '희망 단가로 본 물량',
  limitsText:
    '단가가 이만큼이면 몇 곳이 얼마나 살 뜻이 있는지 보여 줍니다. 공급사와 값을 이야기할 때 쓰세요.',
  upTo: (price: string) => `${price} 이하면`,
  toPurchases: '이 품목의 구매 이력',

  purchases: '구매 이력',
  purchasesText: '조합원사가 전에 산 것입니다. 참여할 때 얼마나 아끼는지 견주는 데에 씁니다.',
  searchPurchases: '기업, 품목, 전표번호로 찾기',
  import: '파일에서 가져오기',
  imports: '가져온 기록',
  items: '품목과 분류',
  date: '거래일',
  unitPrice: '단가',
  document: '전표번호',
  newest: '최근 것부터',
  oldest: '오래된 것부터',
  onlyItem: '고른 품목만 보고 있습니다',
  purchasesNone: '아직 구매 이력이 없습니다',
  purchasesNoneText:
    '거래 내역 파일(엑셀이나 CSV)을 올리면 기업, 품목, 구매 이력이 한 번에 만들어집니다.',
};

export default ko;
