const ko = {
  title: '규격',
  perVariant: '규격별 수량',
  perVariantHint: '규격을 모두 합한 수량이 함께 단가를 낮춥니다. 필요 없는 규격은 비워 두십시오.',
  sum: (quantity: string) => `합계 ${quantity}`,
  none: '규격 가운데 하나 이상에 수량을 입력해 주십시오.',
  goesTo: '추가 수용 물량을 받을 규격',
  goesToMost: '가장 많이 원하는 규격',
  same: '기본 단가',
  basePrice: '기본 단가',
  more: (price: string) => `+${price}`,
  less: (price: string) => `−${price}`,
  atMost: (price: string) => `최고 ${price}`,
  limitText: '희망 최고 단가는 규격별 차액을 더하기 전의 단가입니다.',
  now: '지금 단가',
  most: '최고 단가',
  quantity: '수량',
  unitPrice: '단가',
  value: '공급가액',
  differences: '규격별 차액',
  differencesHint:
    '구간 단가에 더하거나 뺄 금액입니다(부가세 별도). 모든 구간에서 같으며, 비워 두면 구간 단가 그대로입니다.',
  sign: (name: string) => `${name}: 더하거나 빼기`,
  plus: '더하기',
  minus: '빼기',
  free: '가장 낮은 구간에서 0 이하가 됩니다.',
  packs:
    '포장 단위는 모든 규격을 합한 수량으로 셉니다. 규격마다 따로 포장되는 물품은 포장을 단위로 하는 품목으로 진행해야 합니다.',
  standing:
    '상시 제안에는 규격별 차액이 없어 모든 규격이 같은 단가로 들어갑니다. 뒤에 수정하실 수 있습니다.',
  base: '단가와 개당 값은 규격별 차액을 더하기 전의 것입니다.',
  choose: '이번에 살 규격',
  chooseHint:
    '수량은 규격별로 받고, 단가 구간은 합계로 정합니다. 제안 모집을 시작하면 바꿀 수 없습니다.',
  fixed: '제안 모집이 시작되어 바꿀 수 없습니다.',
  compared: '규격마다 견준 단가에 그 규격의 차액을 더해 계산합니다.',
  lines: (value: string) =>
    `공급가액은 규격마다 수량에 단가(기본 단가와 차액의 합)를 곱해 한 번씩 반올림한 금액의 합 ${value}입니다. 부가세는 그 합계와 배송비 몫에 더합니다.`,
};

export default ko;
