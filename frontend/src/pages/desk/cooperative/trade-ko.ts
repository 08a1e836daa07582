const ko = {
  title: '조합 사이 거래',
  intro:
    '우리 조합과 다른 조합 사이에 함께 산 실적입니다. 입금이 확인된 주문만, 마감된 날로 셉니다.',
  period: (since: string, until: string) => `${since} ~ ${until}`,
  since: '시작일',
  until: '종료일',
  partner: '상대 조합',
  host: '공동구매를 연 조합',
  cooperative: '참여한 조합',
  campaigns: '공동구매',
  firms: '기업',
  quantity: '수량',
  value: '공급가액',
  hostFee: '주최 조합 수수료',
  partnerFee: '참여 조합 수수료',
  feeVat: '수수료 부가세',
  partnerDue: '넘길 금액',
  feesText:
    '수수료는 부가세를 뺀 금액입니다. 두 수수료 모두 공동구매를 연 조합의 계좌로 들어오므로, 참여 조합의 몫은 그 부가세와 함께(넘길 금액) 연 조합이 넘겨줍니다.',
  evidence: '증빙 자료 받기',
  file: '협업 증빙',
  none: '이 기간에 함께 산 실적이 없습니다',
  noneText: '협력 조합과 함께 산 공동구매가 입금까지 끝나면 여기에 모입니다.',
};

export default ko;
