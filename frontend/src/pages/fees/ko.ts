const ko = {
  fee: '조합 수수료',
  hostFee: '주최 조합 수수료',
  ownFee: '소속 조합 수수료',
  vat: '수수료 부가세',
  vatOnIt: '그 부가세',
  host: (name: string) => `${name} (주최)`,
  own: (name: string) => `${name} (소속)`,
  none: '없음',
  rates: (rate: string, host: string, vat: string) =>
    `공급가액의 ${rate} (주최: ${host}), 부가세 ${vat} 별도`,
  plainRates: (rates: string) => `조합 수수료는 공급가액의 ${rates}입니다`,
  agreed: (rates: string) => `공급가액의 ${rates}`,
  through: (name: string, rate: string) =>
    rate ? `${name} 조합원사는 ${rate}를 더 냅니다.` : `${name} 조합원사는 더 내지 않습니다.`,
  choice: (name: string, rate: string) => `${name} (수수료 ${rate} 더함)`,
  fixed: '모집을 시작할 때 정해졌고, 조합이 요율을 올려도 이 공동구매에서는 바뀌지 않습니다.',
  notFixed: '모집을 시작할 때 정해집니다.',
  why: '조합 수수료 계산',
  whyText:
    '공급가액에 요율을 곱하고 최소 화폐 단위 아래는 버립니다. 주최 조합의 몫은 참여하는 모든 기업이, 소속 조합의 몫은 다른 조합의 공동구매에 참여하는 조합원사가 냅니다. 공급사가 받는 금액에는 들어가지 않으며, 성립하지 않으면 내지 않습니다.',
  line: (name: string, value: string, rate: string, fee: string) =>
    `${name}: ${value} × ${rate} = ${fee}`,
  vatLine: (rate: string, vat: string) => `부가세 ${rate}: ${vat}`,
};

export default ko;
