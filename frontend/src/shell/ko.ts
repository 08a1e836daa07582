const ko = {
  email: '이메일',
  password: '비밀번호',
  signIn: '로그인',
  mismatch: '이메일이나 비밀번호가 맞지 않습니다.',
  verifyFirst: '이메일 확인이 먼저 필요합니다. 보내 드린 편지의 링크를 눌러 주세요.',
  passkeySignIn: '패스키로 로그인',
  passkeyUse: '패스키로 확인',
  passkeyGivenUp: '패스키를 확인하지 못했습니다. 다시 시도하거나 다른 방법을 쓰세요.',
  passkeyFailed: '이 패스키는 쓸 수 없습니다. 다른 방법으로 로그인하세요.',
  secondText: '비밀번호를 확인했습니다. 2단계 인증을 마쳐 주세요.',
  code: '인증 코드',
  codeHint: '인증 앱에 보이는 숫자 6자리. 복구 코드도 쓸 수 있습니다.',
  recoveryCode: '복구 코드',
  recoveryHint: '패스키를 쓸 수 없을 때, 보관해 둔 숫자 8자리',
  codeWrong: '코드가 맞지 않거나 이미 썼습니다. 새 코드를 적어 주세요.',
  tooLate: '시간이 지났습니다. 비밀번호부터 다시 적어 주세요.',
  lost: '휴대전화나 기기를 잃어버렸나요?',
  lostText:
    '보관해 둔 복구 코드로 로그인한 뒤 새 기기를 등록하세요. 복구 코드도 없으면 소속 조합을 통해 운영자에게 초기화를 요청하세요.',
  proveTitle: '본인 확인',
  proveText: '중요한 설정이므로 한 번 더 확인합니다.',
  prove: '확인',
  byCode: '인증 코드로 확인하기',
  byPassword: '비밀번호로 확인하기',
  passwordWrong: '비밀번호가 맞지 않습니다.',
};

export default ko;
