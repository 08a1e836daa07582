const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  tiers: '수량 구간과 단가',
  tiersHint:
    '모인 물량이 이 수량부터면 모두가 이 단가를 냅니다. 수량은 커지고 단가는 낮아져야 합니다. 엑셀에서 두 열을 복사해 붙여 넣어도 됩니다.',
  tier: (at: number) => `구간 ${n(at)}`,
  from: '수량부터',
  price: '단가',
  addTier: '구간 더하기',
  removeTier: (at: number) => `구간 ${n(at)} 빼기`,
  rising: (quantity: string) => `앞 구간의 ${quantity}보다 커야 합니다`,
  falling: (price: string) => `앞 구간의 ${price}보다 낮아야 합니다`,
  pasted: (count: number) => `구간 ${n(count)}개를 붙여 넣었습니다`,
};

export default ko;
