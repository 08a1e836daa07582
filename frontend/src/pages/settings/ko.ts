const ko = {
  title: '설정',
  person: '내 정보',
  name: '이름',
  email: '이메일',
  language: '언어',
  theme: '화면 밝기',
  themes: { system: '기기 설정대로', light: '밝게', dark: '어둡게' },
  saved: '저장했습니다',
  password: '비밀번호 바꾸기',
  current: '지금 비밀번호',
  wanted: '새 비밀번호',
  passwordHint: '10자 이상',
  passwordShort: '10자 이상이어야 합니다',
  passwordChange: '비밀번호 바꾸기',
  passwordChanged: '비밀번호를 바꾸었습니다',
  seats: '내 자격',
  addFirm: '기업 등록하기',
  addCooperative: '협동조합 등록하기',
  memberOf: (names: string) => `소속 협동조합: ${names}`,
  applied: (names: string) => `가입 승인을 기다리는 협동조합: ${names}`,
};

export default ko;
