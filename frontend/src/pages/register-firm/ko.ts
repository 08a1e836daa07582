const ko = {
  title: '기업 등록',
  intro: '뭉치에서는 기업 이름으로 사고팝니다. 사업자등록증을 보고 적어 주세요.',
  kind: '어떤 일을 하시나요?',
  buys: '협동조합 조합원사로 함께 삽니다',
  supplies: '공급사로 물건이나 서비스를 팝니다',
  supplyHint: '둘 다 고를 수 있습니다.',
  number: '사업자등록번호',
  numberHint: '예: 220-81-62517',
  numberWrong: '맞지 않는 번호입니다. 10자리를 다시 확인하세요.',
  name: '상호',
  nameHint: '예: 한빛정밀 주식회사',
  representative: '대표자 이름',
  address: '사업장 주소',
  addressHint: '물품을 받는 주소로 씁니다.',
  cooperative: '가입할 협동조합',
  cooperativeHint: '신청하면 협동조합 담당자가 확인한 뒤 승인합니다.',
  chooseOne: '조합원사로 사려면 협동조합을 고르세요',
  send: '등록하기',
  exists: '이미 등록된 사업자등록번호입니다. 그 기업의 대표에게 초대를 부탁하세요.',
  done: '기업을 등록했습니다',
};

export default ko;
