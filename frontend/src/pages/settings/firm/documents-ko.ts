const ko = {
  kinds: { registration: '사업자등록증', other: '그 밖의 서류' },
  none: '올린 서류가 없습니다',
};

export default ko;
