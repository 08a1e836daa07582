const ko = {
  signIn: '로그인',
  signUp: '가입하기',
  noAccount: '처음이신가요?',
  haveAccount: '이미 가입하셨나요?',
  forgot: '비밀번호를 잊으셨나요?',
  email: '이메일',
  emailWrong: '이메일 주소를 확인하세요. 예: name@company.co.kr',
  password: '비밀번호',
  passwordHint: '10자 이상. 여러 낱말을 이어 쓰면 기억하기 쉽습니다.',
  passwordShort: '10자 이상이어야 합니다',
  create: '가입하기',
  sentTitle: '메일을 확인해 주세요',
  sent: (email: string) =>
    `${email} 주소로 확인 메일을 보냈습니다. 메일의 링크를 누르면 가입이 끝납니다.`,
  sentHint: '메일이 없으면 스팸함을 확인하세요.',
  resetTitle: '비밀번호 다시 정하기',
  resetText: '가입한 이메일을 적으면 비밀번호를 다시 정하는 링크를 보내 드립니다.',
  resetSend: '링크 받기',
  resetSent: (email: string) =>
    `${email} 주소로 가입되어 있다면 링크를 보냈습니다. 메일을 확인해 주세요.`,
  newPassword: '새 비밀번호',
  resetSave: '비밀번호 바꾸기',
  resetDone: '비밀번호를 바꾸었습니다',
  linkDead: '쓸 수 없는 링크입니다. 기한이 지났거나 이미 썼습니다. 새 링크를 받아 주세요.',
  verifyTitle: '이메일 확인',
  verifyText: '단추를 누르면 이메일 확인이 끝납니다.',
  verifyDo: '이메일 확인하기',
  verifyDone: '이메일을 확인했습니다',
};

export default ko;
