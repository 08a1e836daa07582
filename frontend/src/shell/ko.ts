const ko = {
  email: '이메일',
  password: '비밀번호',
  signIn: '로그인',
  mismatch: '이메일이나 비밀번호가 맞지 않습니다.',
  verifyFirst: '이메일 확인이 먼저 필요합니다. 보내 드린 편지의 링크를 눌러 주세요.',
};

export default ko;
